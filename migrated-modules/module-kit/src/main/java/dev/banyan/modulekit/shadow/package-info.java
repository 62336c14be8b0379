/**
 * Requests that must leave no trace.
 *
 * <p>{@code ShadowAdmission} looks at the mark of each request and puts a {@code ShadowRequest} on
 * its Vert.x context. {@code ShadowSafeDriver} stands between the connection pool and PostgreSQL:
 * while that context is current, each pooled connection forwards to the one {@code ShadowSession}
 * of the request, where a commit only checks constraints and a transaction is a savepoint. {@code
 * OutgoingShadow} passes the mark on, or refuses the call. When the answer has been written the
 * session is rolled back.
 *
 * <p>Admission runs on the event loop, SQL on the thread of the request, the end on a worker.
 */
@NullMarked
package dev.banyan.modulekit.shadow;

import org.jspecify.annotations.NullMarked;
