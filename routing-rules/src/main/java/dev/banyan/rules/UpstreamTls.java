package dev.banyan.rules;

import java.util.Optional;

/**
 * How an {@code https} upstream proves itself, and the facade to it. The upstream's certificate and
 * name are always checked. Files are PEM, read when the first connection is opened.
 *
 * @param ca file with the certificates that may vouch for the upstream; empty for the platform's
 * @param certificate file with the facade's own certificate
 * @param key file with its key
 * @param serverName asked for and checked instead of the URL's host
 */
public record UpstreamTls(
    Optional<String> ca,
    Optional<String> certificate,
    Optional<String> key,
    Optional<String> serverName) {
  public static final UpstreamTls DEFAULT =
      new UpstreamTls(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
