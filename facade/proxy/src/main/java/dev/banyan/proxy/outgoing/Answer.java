package dev.banyan.proxy.outgoing;

import io.vertx.core.MultiMap;

/**
 * The head of an answer.
 *
 * @param reason the phrase that came, or the usual one of HTTP/2, which has none
 */
public record Answer(int status, String reason, MultiMap headers) {}
