package dev.banyan.rules;

import org.jspecify.annotations.Nullable;

/**
 * How a request is sent on.
 *
 * @param fallback where a safe request goes when the serving side gave no byte of an answer, or
 *     null for nowhere
 */
public record Forwarding(HostPolicy host, @Nullable Upstream fallback) {
  public static final Forwarding PLAIN = new Forwarding(new HostPolicy.Keep(), null);
}
