/**
 * The catalog: a migrated service that answers product and order reads in the legacy's contract.
 *
 * <p>{@link dev.banyan.catalog.CatalogMain} reads its arguments, starts a PostgreSQL of its own
 * unless it is given one, and starts Quarkus; {@link dev.banyan.catalog.CatalogApplication} says
 * where it listens and waits. A request goes to {@code products} or {@code orders}, each of which
 * reads its tables by plain JDBC and writes the bytes that the legacy system would have written.
 *
 * <p>Requests run on virtual threads, starting and stopping on the main thread. It knows nothing of
 * the facade.
 */
@NullMarked
package dev.banyan.catalog;

import org.jspecify.annotations.NullMarked;
