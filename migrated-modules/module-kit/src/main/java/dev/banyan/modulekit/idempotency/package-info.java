/**
 * Writes that may be sent twice and happen once.
 *
 * <p>{@code IdempotencyRequest} notes key and body of a request; {@code IdempotencyInterceptor},
 * around methods with {@code @Idempotent}, claims the key, calls the method and keeps its answer,
 * all in one transaction; {@code IdempotencyTable} holds the SQL. A concurrent request with the
 * same key waits at the claim for that transaction.
 *
 * <p>Runs on the thread of the request.
 */
@NullMarked
package dev.banyan.modulekit.idempotency;

import org.jspecify.annotations.NullMarked;
