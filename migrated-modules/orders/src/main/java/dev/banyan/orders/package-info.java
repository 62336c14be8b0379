/**
 * Orders: a migrated service that creates, changes, cancels and reads orders in the legacy's
 * contract.
 *
 * <p>A write: {@code OrdersResource} → {@code LegacyOrderReader} (what the legacy takes for an
 * order) → {@code OrderStore} and the kit's outbox, in one transaction → {@code LegacyForm}. The
 * kit makes the same path serve shadow requests and repeated ones.
 *
 * <p>Runs on a virtual thread per request. It knows nothing of the facade.
 */
@NullMarked
package dev.banyan.orders;

import org.jspecify.annotations.NullMarked;
