/**
 * What surrounds flips in a running facade: whoever must be told of a swapped table is told here;
 * one thread looks at the watch and rolls back; another takes automatic steps; approvals and
 * breaches are kept. What is decided stands in {@code facade/migration}.
 */
@NullMarked
package dev.banyan.app.flipping;

import org.jspecify.annotations.NullMarked;
