package dev.banyan.migration;

import dev.banyan.migration.FlipCommand.Mode;
import dev.banyan.rules.Route;
import dev.banyan.rules.RouteTarget;
import java.util.Optional;

/** What a command may lack, whatever stage its route is in. */
final class CommandCheck {
  /** Characters of {@code who} or {@code why}: enough to explain, too few to fill the ledger. */
  static final int LONGEST = 2_000;

  private CommandCheck() {}

  static Optional<String> flaw(FlipCommand command, Route route) {
    return switch (route.target()) {
      case RouteTarget.Refusal refusal ->
          Optional.of(
              "route: "
                  + route.id()
                  + " refuses with "
                  + refusal.status()
                  + " (expected: a route that forwards; only those have a stage)");
      case RouteTarget.Forward forward when forward.migrated().isEmpty() ->
          Optional.of(
              "route: "
                  + route.id()
                  + " names no migrated upstream (expected: one, or there is nothing to flip to)");
      case RouteTarget.Forward forward -> flaw(command);
    };
  }

  private static Optional<String> flaw(FlipCommand command) {
    if (command.mode() == Mode.OVERRIDE && command.why().isBlank()) {
      return Optional.of("reason: none (expected: one, as the gate is overridden)");
    }
    if (command.who().isBlank()) {
      return Optional.of("who: nobody (expected: the person or system that flips)");
    }
    return flaw("who", command.who()).or(() -> flaw("reason", command.why()));
  }

  /** A ledger is text in a database: NUL and halves of surrogate pairs cannot be kept there. */
  private static Optional<String> flaw(String what, String text) {
    if (text.length() > LONGEST) {
      return Optional.of(
          what + ": " + text.length() + " characters (expected: at most " + LONGEST + ")");
    }
    boolean strange =
        text.codePoints()
            .anyMatch(
                c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    return strange
        ? Optional.of(what + ": characters that cannot be kept (expected: text)")
        : Optional.empty();
  }
}
