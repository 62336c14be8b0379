/**
 * What decides. A written {@link dev.banyan.rules.RuleSet} (YAML) and the stage of every route are
 * compiled into an immutable {@link dev.banyan.rules.RoutingTable}; the table answers one question:
 * which side serves this request?
 *
 * <p>One request's way: {@code table.decide(head, ticket)} → {@link dev.banyan.rules.Decision}.
 * Pure: no socket, no clock, no randomness (the ticket is handed in). Reading and compiling run on
 * the caller's thread; {@code decide} runs on event loops, never blocks and allocates next to
 * nothing.
 */
@NullMarked
package dev.banyan.rules;

import org.jspecify.annotations.NullMarked;
