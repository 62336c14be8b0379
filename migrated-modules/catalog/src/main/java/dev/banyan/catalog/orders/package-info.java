/**
 * Orders as the legacy's Orders.ashx answered them, in the form of JavaScriptSerializer.
 *
 * <p>A request: {@code OrdersResource} → {@code OrderId} (what the legacy took for a number) →
 * {@code OrderStore} (three queries) → {@code OrderJson}. One date is wrong on purpose, and only in
 * {@code ShippedDateReading}.
 *
 * <p>Runs on a virtual thread per request.
 */
@NullMarked
package dev.banyan.catalog.orders;

import org.jspecify.annotations.NullMarked;
