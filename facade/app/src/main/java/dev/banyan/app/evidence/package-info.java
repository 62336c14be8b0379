/**
 * One verdict for all replicas. Each writes what it has seen itself to the database, every two
 * seconds and on a thread of its own, and reads what the others have; a flip is judged on the sum.
 * How it is added up stands in {@code facade/migration}; without the database each goes on alone.
 */
@NullMarked
package dev.banyan.app.evidence;

import org.jspecify.annotations.NullMarked;
