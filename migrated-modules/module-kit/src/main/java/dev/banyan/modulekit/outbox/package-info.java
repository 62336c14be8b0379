/**
 * Events that are published if, and only if, the change that they tell of is committed.
 *
 * <p>{@code Outbox} writes an event's row in the transaction of the change. {@code OutboxPublisher}
 * claims the oldest event of each subject with {@code for update skip locked}, hands it to the
 * {@code EventTarget}, and marks it delivered; a failure is tried again later, and after the last
 * try the event is dead. A process that dies in between delivers again: on the wire it is at least
 * once, and {@code Inbox} makes it once in effect, by the event's id.
 *
 * <p>Writing runs on the request's thread, publishing on one virtual thread.
 */
@NullMarked
package dev.banyan.modulekit.outbox;

import org.jspecify.annotations.NullMarked;
