package dev.banyan.app.rules;

import dev.banyan.app.RuleSource;
import dev.banyan.migration.TableKeeper;
import dev.banyan.rules.CompareProfile.Tolerance;
import dev.banyan.rules.ReadResult;
import dev.banyan.rules.Route;
import dev.banyan.rules.RuleSet;
import dev.banyan.rules.RuleSetReader;
import dev.banyan.rules.ToleranceEdit;
import dev.banyan.rules.ToleranceEdit.Planned;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Adds tolerances to the rule files that this facade runs from, because somebody asked for it
 * (docs/adr/0020-tolerances-are-written-by-the-facade.md). One at a time; whatever fails leaves the
 * files as they were.
 */
@Singleton
public class RuleFileWriter {
  private final RuleSource source;
  private final RulesInForce rules;
  private final TableKeeper tables;

  RuleFileWriter(RuleSource source, RulesInForce rules, TableKeeper tables) {
    this.source = source;
    this.rules = rules;
    this.tables = tables;
  }

  /** What became of it. */
  public sealed interface Outcome {
    /**
     * Written and in force.
     *
     * @param file which was replaced
     */
    record Written(Path file, RuleSet rules, RuleDiff change) implements Outcome {}

    /** Not done; files and rules are as they were. */
    record Refused(String why) implements Outcome {}
  }

  /** What would be written. Changes nothing. */
  public Planned plan(Route route, List<Tolerance> added) {
    try {
      return plan(route, added, RuleSetReader.sources(source.path()));
    } catch (IOException unreadable) {
      return new Planned.Refused(cannotWrite(unreadable));
    }
  }

  private Planned plan(Route route, List<Tolerance> added, Map<String, String> sources) {
    RuleSet now = tables.get().rules();
    if (!(source.read() instanceof ReadResult.Accepted(RuleSet written))
        || !written.digest().equals(now.digest())) {
      return new Planned.Refused(
          "rules: "
              + source.path()
              + " does not hold the rules in force (expected: unchanged since they were loaded;"
              + " see `banyan rules status`)");
    }
    return ToleranceEdit.plan(sources, now, route, added);
  }

  /**
   * Writes them, and has the rules taken.
   *
   * @param expectedDigest of the rules that the caller has seen
   */
  public synchronized Outcome write(Route route, List<Tolerance> added, String expectedDigest) {
    if (!tables.get().rules().digest().equals(expectedDigest)) {
      return new Outcome.Refused(
          "rules: they have changed since this was proposed (expected: " + expectedDigest + ")");
    }
    try {
      Map<String, String> sources = RuleSetReader.sources(source.path());
      return switch (plan(route, added, sources)) {
        case Planned.Refused(String why) -> new Outcome.Refused(why);
        case Planned.Edited edited -> replace(edited, sources);
      };
    } catch (IOException failed) {
      return new Outcome.Refused(cannotWrite(failed));
    }
  }

  private Outcome replace(Planned.Edited edited, Map<String, String> sources) throws IOException {
    String before = sources.getOrDefault(edited.file(), "");
    ReplacedFile file = ReplacedFile.of(Path.of(edited.file()));
    try (ReplacedFile.Next next = file.next(edited.text())) {
      // The last look: what others do between this and the next line is lost, as with any editor.
      if (!RuleSetReader.sources(source.path()).equals(sources)) {
        return new Outcome.Refused(
            "rules: " + source.path() + " changed meanwhile (expected: nobody else writes them)");
      }
      next.takesItsPlace();
    }
    RulesInForce.Outcome taken = rules.reload(RulesInForce.Cause.ADMIN);
    if (taken instanceof RulesInForce.Outcome.Applied applied) {
      return new Outcome.Written(file.path(), applied.rules(), applied.change());
    }
    // Another file of the folder was spoilt in that moment.
    putBack(file, edited.text(), before);
    return new Outcome.Refused(
        "rules: not taken with "
            + ((RulesInForce.Outcome.Refused) taken).problems().getFirst()
            + "; "
            + file.path()
            + " is as it was");
  }

  private void putBack(ReplacedFile file, String written, String before) throws IOException {
    if (file.holds(written)) {
      try (ReplacedFile.Next old = file.next(before)) {
        old.takesItsPlace();
      }
    }
    rules.reload(RulesInForce.Cause.ADMIN);
  }

  private String cannotWrite(IOException failed) {
    return "rules: "
        + source.path()
        + " cannot be written: "
        + failed
        + " (expected: the facade may write the file and its folder; else write the lines"
        + " yourself)";
  }
}
