package dev.banyan.app.rules;

import dev.banyan.app.RuleSource;
import dev.banyan.app.comparing.JudgedAgain;
import dev.banyan.app.comparing.MismatchJournal;
import dev.banyan.app.noise.NoiseWatch;
import dev.banyan.migration.EvidenceWindows;
import dev.banyan.migration.TableKeeper;
import dev.banyan.rules.Problem;
import dev.banyan.rules.ReadResult;
import dev.banyan.rules.Route;
import dev.banyan.rules.RuleSet;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one door through which rules come into force: read → plan → apply, one caller at a time. What
 * cannot be read whole changes nothing and is remembered as the last problem.
 */
@Singleton
public class RulesInForce {
  private static final Logger LOG = System.getLogger(RulesInForce.class.getName());

  private final RuleSource source;
  private final TableKeeper tables;
  private final EvidenceWindows evidence;
  private final MismatchJournal journal;
  private final JudgedAgain judgedAgain;
  private final NoiseWatch noise;
  private final InstantSource clock;
  private volatile Status status;

  RulesInForce(
      RuleSource source,
      TableKeeper tables,
      EvidenceWindows evidence,
      MismatchJournal journal,
      JudgedAgain judgedAgain,
      NoiseWatch noise,
      InstantSource clock) {
    this.source = source;
    this.tables = tables;
    this.evidence = evidence;
    this.journal = journal;
    this.judgedAgain = judgedAgain;
    this.noise = noise;
    this.clock = clock;
    this.status = new Status(clock.instant(), 0, RuleDiff.NONE, null);
    evidence.under(tables.get().rules().digest());
  }

  /** Who asked for the rules to be read. */
  public enum Cause {
    FILES_CHANGED,
    SIGNAL,
    ADMIN
  }

  /**
   * What is known of the rules that serve.
   *
   * @param loadedAt when they came into force
   * @param reloads how often rules came into force since the start, the first ones not counted
   * @param lastChange what the last of them changed
   * @param rejected the newest rules, where they could not be taken; null once the files are good
   */
  public record Status(
      Instant loadedAt, long reloads, RuleDiff lastChange, @Nullable Rejected rejected) {}

  /** Rules that were not taken. */
  public record Rejected(Instant at, List<Problem> problems) {}

  /** What became of one reading. */
  public sealed interface Outcome {
    record Applied(RuleSet rules, RuleDiff change) implements Outcome {}

    record Refused(List<Problem> problems) implements Outcome {}
  }

  public Status status() {
    return status;
  }

  public synchronized Outcome reload(Cause cause) {
    return switch (source.read()) {
      case ReadResult.Rejected(List<Problem> problems) -> refuse(cause, problems);
      case ReadResult.Accepted accepted -> apply(cause, accepted.rules());
    };
  }

  private Outcome refuse(Cause cause, List<Problem> problems) {
    LOG.log(
        Level.ERROR,
        "rules not taken, the running ones stay: cause="
            + cause
            + " problems="
            + problems.size()
            + " first="
            + problems.getFirst());
    Status now = status;
    status =
        new Status(
            now.loadedAt(),
            now.reloads(),
            now.lastChange(),
            new Rejected(clock.instant(), List.copyOf(problems)));
    return new Outcome.Refused(problems);
  }

  private Outcome apply(Cause cause, RuleSet next) {
    RuleSet before = tables.get().rules();
    RuleDiff change = RuleDiff.between(before, next);
    Status now = status;
    if (before.equals(next)) {
      status = new Status(now.loadedAt(), now.reloads(), now.lastChange(), null);
      return new Outcome.Applied(next, change);
    }
    tables.applyRules(next);
    keepEvidence(before, next, change);
    status = new Status(clock.instant(), now.reloads() + 1, change, null);
    LOG.log(
        Level.INFO,
        "rules in force: cause=" + cause + " digest=" + next.digest() + " " + change.line());
    return new Outcome.Applied(next, change);
  }

  /**
   * What was seen under another rule, at another place or by another comparison is no evidence for
   * this one.
   */
  private void keepEvidence(RuleSet before, RuleSet next, RuleDiff change) {
    Map<String, Route> old = new HashMap<>();
    before.routes().forEach(route -> old.put(route.id(), route));
    Set<String> ids = new HashSet<>();
    for (Route route : next.routes()) {
      ids.add(route.id());
      if (!route.equals(old.get(route.id())) || change.reaches(route)) {
        evidence.restart(route.id(), clock.instant());
        noise.forget(route.id());
      }
    }
    evidence.keepOnly(ids);
    evidence.under(next.digest());
    journal.keepOnly(ids);
    judgedAgain.soon();
    noise.keepOnly(ids);
  }
}
