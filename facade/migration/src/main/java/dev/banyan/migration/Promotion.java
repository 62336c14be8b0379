package dev.banyan.migration;

import dev.banyan.rules.Stage;

/** What is to be done about a route's next step. */
public sealed interface Promotion {

  /** Take it now. */
  record Take(Stage to) implements Promotion {}

  /** Ask a person for approval; take it once that is given. */
  record Ask(Stage to) implements Promotion {}

  /** Not yet. */
  record Wait(String reason) implements Promotion {}

  /** Nothing, ever, by itself. */
  record Leave(String reason) implements Promotion {}
}
