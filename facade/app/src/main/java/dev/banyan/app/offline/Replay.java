package dev.banyan.app.offline;

import dev.banyan.contracts.RequestSender;
import dev.banyan.contracts.recordings.Caps;
import dev.banyan.contracts.recordings.Recording;
import dev.banyan.contracts.recordings.RecordingReader;
import dev.banyan.contracts.recordings.UnreadableRecording;
import java.io.Console;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * {@code banyan replay FILE --against CONTROL,CANDIDATE}: sends a recording to both sides and
 * reports what differs as live traffic is reported.
 */
public final class Replay {
  private static final String USAGE =
      "usage: banyan replay FILE --against LEGACY,MIGRATED [--rules FILE] [--profile NAME] [--rate N/s]"
          + " [--concurrency N] [--methods GET,HEAD] [--unsafe] [--host recorded|target] [--json]";
  private static final int SHOWN_SIGNATURES = 20;

  private Replay() {}

  public static int run(List<String> words) {
    RequestSender.allowHost();
    PrintStream err = Streams.err();
    return run(words, Streams.out(), err, isTerminal() ? Optional.of(err) : Optional.empty());
  }

  @SuppressWarnings("SystemConsoleNull") // JDK 25 went back to null where there is no terminal
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  static int run(
      List<String> words, PrintStream out, PrintStream err, Optional<PrintStream> progress) {
    try {
      ReplayPlan plan = ReplayPlan.of(words);
      Recording recording = new RecordingReader(Caps.DEFAULT, Optional.empty()).read(plan.file());
      ReplayTally tally;
      try (ReplayRun run = new ReplayRun(plan, progress)) {
        tally = run.send(recording);
      }
      if (plan.json()) {
        out.println(FindingJson.write(view(tally)));
      } else {
        print(plan, tally, new FindingText(out));
      }
      return tally.holds() ? 0 : 1;
    } catch (UnreadableRecording unreadable) {
      err.println("banyan: " + unreadable.getMessage());
      return 2;
    } catch (WrongUsage wrong) {
      err.println("banyan: " + wrong.getMessage());
      err.println(USAGE);
      return 2;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private static void print(ReplayPlan plan, ReplayTally tally, FindingText text) {
    tally
        .routes()
        .forEach(
            (id, route) -> {
              text.line(id + ": " + route.tally.pairs() + " requests by " + plan.judge().words());
              text.counts(route.tally);
              text.line(
                  "  p95: control "
                      + millis(route.controlP95())
                      + ", candidate "
                      + millis(route.candidateP95()));
              text.signatures(route.tally, SHOWN_SIGNATURES);
            });
    tally.skipped().forEach((reason, count) -> text.line("not sent, " + reason + ": " + count));
    if (tally.routes().isEmpty()) {
      text.line("nothing was sent");
    }
  }

  private static String millis(OptionalDouble value) {
    return value.isPresent() ? "%.1f ms".formatted(value.getAsDouble()) : "none";
  }

  private static Map<String, Object> view(ReplayTally tally) {
    Map<String, Object> routes = new LinkedHashMap<>();
    tally
        .routes()
        .forEach(
            (id, route) -> {
              Map<String, Object> view = FindingJson.counts(route.tally);
              view.put("controlP95Millis", number(route.controlP95()));
              view.put("candidateP95Millis", number(route.candidateP95()));
              view.put("signatures", FindingJson.signatures(route.tally));
              view.put("dropped", route.tally.dropped());
              routes.put(id, view);
            });
    return Map.of("routes", routes, "skipped", tally.skipped());
  }

  private static @Nullable Double number(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
