package dev.banyan.app.offline;

import dev.banyan.app.reflection.Bounds;
import dev.banyan.app.reflection.DescriptorFetch;
import dev.banyan.app.reflection.FetchFailed;
import dev.banyan.app.reflection.Fetched;
import dev.banyan.app.store.WholeFile;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code banyan descriptors fetch URL --out FILE [--service NAME]... [--tls-ca FILE] [--json]}:
 * what a server of gRPC tells of its messages, as the file that a profile's {@code descriptors}
 * names.
 */
public final class DescriptorsFetch {
  private static final String USAGE =
      "usage: banyan descriptors fetch URL --out FILE [--service NAME]... [--tls-ca FILE] [--json]";

  private DescriptorsFetch() {}

  public static int run(List<String> words) {
    return run(words, Streams.out(), Streams.err(), Bounds.DEFAULT);
  }

  static int run(List<String> words, PrintStream out, PrintStream err, Bounds bounds) {
    // Names and reasons are the server's own words.
    FindingText problems = new FindingText(err);
    try {
      FetchPlan plan = FetchPlan.of(words);
      Fetched fetched = DescriptorFetch.fetch(plan.server(), plan.services(), bounds);
      if (!isSaved(plan, fetched, problems)) {
        return 1;
      }
      if (plan.json()) {
        out.println(FindingJson.write(view(plan, fetched)));
      } else {
        print(plan, fetched, new FindingText(out));
      }
      return 0;
    } catch (WrongUsage wrong) {
      problems.line("banyan: " + wrong.getMessage());
      problems.line(USAGE);
      return 2;
    } catch (FetchFailed failed) {
      problems.line("banyan: " + failed.getMessage());
      return 1;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private static boolean isSaved(FetchPlan plan, Fetched fetched, FindingText problems) {
    try {
      new WholeFile(plan.out()).replace(fetched.set().toByteArray());
      return true;
    } catch (IOException unwritable) {
      problems.line(
          "banyan: --out: "
              + plan.shown()
              + " cannot be written: "
              + unwritable
              + " (expected: the right to write into its folder, and room)");
      return false;
    }
  }

  private static void print(FetchPlan plan, Fetched fetched, FindingText text) {
    text.line(
        "saved "
            + plan.shown()
            + ": "
            + fetched.services().size()
            + " services in "
            + fetched.files().size()
            + " files, "
            + fetched.set().size()
            + " bytes, told by "
            + fetched.version().packageName());
    fetched.services().forEach(service -> text.line("  " + service));
    text.line("in the rule file, below a profile: descriptors: " + plan.out().getFileName());
  }

  private static Map<String, Object> view(FetchPlan plan, Fetched fetched) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("file", plan.shown());
    view.put("bytes", fetched.set().size());
    view.put("digest", fetched.digest());
    view.put("reflection", fetched.version().packageName());
    view.put("services", fetched.services());
    view.put("files", fetched.files());
    return view;
  }
}
