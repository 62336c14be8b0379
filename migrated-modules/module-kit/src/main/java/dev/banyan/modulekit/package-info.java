/**
 * What a migrated module includes to be safe to shadow, to retry and to publish.
 *
 * <p>A request marked as shadow is admitted or refused by {@code shadow} before anything else sees
 * it; from then on every JDBC connection it uses leads to one session that is rolled back at the
 * end. {@code idempotency} answers a repeated write from its first answer; {@code outbox} writes
 * events with the change that they tell of and delivers them afterwards.
 *
 * <p>Nothing here knows the facade: the mark is an HTTP header. Requests keep the threads that
 * Quarkus gives them; only the outbox has a thread of its own.
 */
@NullMarked
package dev.banyan.modulekit;

import org.jspecify.annotations.NullMarked;
