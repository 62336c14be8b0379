package dev.banyan.app.admin;

import dev.banyan.app.admin.Views.VerdictView;
import dev.banyan.migration.FlipResult;
import dev.banyan.migration.LedgerEntry;
import dev.banyan.migration.PendingRollback;

/** What REST says of a flip's result. */
final class FlipAnswers {
  private FlipAnswers() {}

  static Views.Flip orRefusal(FlipResult result) {
    return switch (result) {
      case FlipResult.Flipped flipped -> view(flipped);
      case FlipResult.Planned planned ->
          new Views.Flip(
              planned.routeId(),
              planned.from().text(),
              planned.to().text(),
              null,
              null,
              null,
              null,
              null,
              true,
              planned.verdict().map(VerdictView::of).orElse(null),
              planned.against().orElse(null));
      case FlipResult.RolledBack rolledBack -> view(rolledBack);
      default -> throw problem(result).refusal();
    };
  }

  static Views.Flip view(FlipResult.Flipped flipped) {
    LedgerEntry entry = flipped.entry();
    return new Views.Flip(
        entry.change().routeId(),
        entry.change().from().text(),
        entry.change().to().text(),
        entry.revision(),
        entry.hash(),
        entry.at(),
        entry.change().who(),
        entry.change().why(),
        false,
        null,
        null);
  }

  /** In force, without an entry: revision and hash are not known yet. */
  private static Views.Flip view(FlipResult.RolledBack result) {
    PendingRollback rollback = result.rollback();
    return new Views.Flip(
        rollback.routeId(),
        rollback.from().text(),
        "legacy",
        null,
        null,
        rollback.at(),
        rollback.who(),
        rollback.why(),
        false,
        null,
        null);
  }

  static ProblemDocument problem(FlipResult result) {
    return switch (result) {
      case FlipResult.Refused refused ->
          ProblemDocument.of(
                  422,
                  "the gate says "
                      + refused.verdict().word()
                      + ": "
                      + refused.from().text()
                      + " stays")
              .withReasons(
                  refused.verdict().reasons(),
                  refused.verdict().word(),
                  refused.from().text(),
                  refused.to().text());
      case FlipResult.Illegal illegal -> ProblemDocument.of(422, illegal.reason());
      case FlipResult.UnknownRoute unknown ->
          ProblemDocument.of(
              404, "route: " + unknown.routeId() + " (expected: one of the rule set)");
      case FlipResult.Busy busy ->
          ProblemDocument.of(409, "another flip of " + busy.routeId() + " is under way; try again");
      case FlipResult.Stale stale ->
          ProblemDocument.of(
                  409,
                  "revision: "
                      + stale.expected()
                      + " (expected: "
                      + stale.found()
                      + "); look again")
              .withRevision(stale.found());
      case FlipResult.LedgerDown down -> ProblemDocument.of(503, down.reason());
      case FlipResult.RolledBack rolledBack -> ProblemDocument.of(200, rolledBack.reason());
      case FlipResult.Flipped flipped -> ProblemDocument.of(200, "done");
      case FlipResult.Planned planned -> ProblemDocument.of(200, "planned");
    };
  }
}
