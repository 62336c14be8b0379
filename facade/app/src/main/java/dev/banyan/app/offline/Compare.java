package dev.banyan.app.offline;

import dev.banyan.contracts.recordings.Caps;
import dev.banyan.contracts.recordings.Pairing;
import dev.banyan.contracts.recordings.RecordingReader;
import dev.banyan.contracts.recordings.UnreadableRecording;
import dev.banyan.parity.Comparison;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code banyan compare A [B] [--profile NAME] [--rules FILE] [--type MEDIA_TYPE] [--json]}: two
 * answers, two recordings, two folders of them, or one recording with the answers of both sides.
 */
public final class Compare {
  private static final String USAGE =
      "usage: banyan compare A [B] [--profile NAME] [--rules FILE] [--type MEDIA_TYPE] [--json]";
  private static final int SHOWN_SIGNATURES = 50;

  private final FindingText text;
  private final Judge judge;
  private final Tally tally = new Tally();
  private final List<Map<String, Object>> pairs = new ArrayList<>();
  private final List<Pairing.Unpaired> unpaired = new ArrayList<>();

  private Compare(PrintStream out, Judge judge) {
    this.text = new FindingText(out);
    this.judge = judge;
  }

  public static int run(List<String> words) {
    return run(words, Streams.out(), Streams.err());
  }

  static int run(List<String> words, PrintStream out, PrintStream err) {
    try {
      Arguments arguments =
          Arguments.parse(words, List.of("--profile", "--rules", "--type"), List.of("--json"));
      if (arguments.places().isEmpty() || arguments.places().size() > 2) {
        throw new WrongUsage(
            "files: " + arguments.places() + " (expected: two, or one with both sides' answers)");
      }
      Judge judge = Judge.of(arguments.value("--rules"), arguments.value("--profile"));
      Halves halves = new Halves(new RecordingReader(Caps.DEFAULT, arguments.value("--type")));
      List<Path> places = arguments.places().stream().map(Path::of).toList();
      Compare compare = new Compare(out, judge);
      if (arguments.has("--json")) {
        halves.each(places, compare::keep);
        out.println(compare.json());
      } else {
        halves.each(places, compare::print);
        compare.printSummary();
      }
      return compare.exit();
    } catch (UnreadableRecording unreadable) {
      err.println("banyan: " + unreadable.getMessage());
      return 2;
    } catch (WrongUsage wrong) {
      err.println("banyan: " + wrong.getMessage());
      err.println(USAGE);
      return 2;
    }
  }

  private void print(Pairing pairing) {
    for (Pairing.Pair pair : pairing.pairs()) {
      switch (judged(pair)) {
        case Comparison.Match() -> text.line("match         " + title(pair));
        case Comparison.Tolerated tolerated -> {
          text.line("tolerated     " + title(pair) + " by " + String.join(", ", tolerated.rules()));
          text.differences(tolerated.differences());
        }
        case Comparison.Mismatch mismatch -> {
          text.line("mismatch      " + title(pair));
          text.differences(mismatch.differences());
        }
        case Comparison.Incomparable(String reason) ->
            text.line("incomparable  " + title(pair) + ": " + reason);
      }
    }
    for (Pairing.Unpaired one : pairing.unpaired()) {
      text.line("unpaired      " + one.title() + " (" + one.place() + "): " + one.why());
    }
    unpaired.addAll(pairing.unpaired());
  }

  private void printSummary() {
    text.line("");
    text.line(tally.pairs() + " pairs by " + judge.words() + ", " + unpaired.size() + " unpaired");
    text.counts(tally);
    text.signatures(tally, SHOWN_SIGNATURES);
  }

  private void keep(Pairing pairing) {
    for (Pairing.Pair pair : pairing.pairs()) {
      Map<String, Object> view = new LinkedHashMap<>();
      view.put("request", pair.title());
      view.put("control", pair.controlPlace());
      view.put("candidate", pair.candidatePlace());
      view.put("profile", judge.profile(pair.request()).name());
      FindingJson.put(view, judged(pair));
      pairs.add(view);
    }
    unpaired.addAll(pairing.unpaired());
  }

  private String json() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("pairs", pairs);
    all.put("unpaired", unpaired);
    all.put("summary", FindingJson.counts(tally));
    all.put("signatures", FindingJson.signatures(tally));
    all.put("dropped", tally.dropped());
    return FindingJson.write(all);
  }

  private Comparison judged(Pairing.Pair pair) {
    Comparison comparison = judge.compare(pair.request(), pair.control(), pair.candidate());
    tally.add(pair.title(), comparison);
    return comparison;
  }

  /** What has no other half, or cannot be judged, is not equal. */
  private int exit() {
    return tally.holds() && tally.pairs() > 0 && unpaired.isEmpty() ? 0 : 1;
  }

  private static String title(Pairing.Pair pair) {
    return pair.request().isPresent()
        ? pair.title()
        : pair.controlPlace() + " and " + pair.candidatePlace();
  }
}
