package dev.banyan.modulekit.outbox;

import java.time.Instant;
import java.util.UUID;

/**
 * Something that has happened.
 *
 * @param id the same however often the event is delivered; receivers tell repetitions by it
 * @param type such as {@code OrderCreated}
 * @param subject what it happened to; events of one subject are delivered in order
 * @param payload JSON
 */
public record OutboxEvent(UUID id, String type, String subject, String payload, Instant at) {}
