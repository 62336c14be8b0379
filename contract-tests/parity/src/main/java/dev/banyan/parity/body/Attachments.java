package dev.banyan.parity.body;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The attachments of one XOP document (MTOM), each put into its place once: what is referred to
 * twice would grow with every reference. One use, one thread.
 */
final class Attachments {
  private static final String SCHEME = "cid:";

  private final Map<String, Multipart.Part> left = new HashMap<>();
  private boolean complete = true;

  Attachments(List<Multipart.Part> parts) {
    for (Multipart.Part part : parts) {
      complete &= left.putIfAbsent(part.id(), part) == null;
    }
  }

  /**
   * The base64 of what an {@code xop:Include} refers to; empty where that is not there (any more).
   *
   * @param href a Content-ID behind {@code cid:}, percent-encoded (RFC 2392) as WCF writes it, or
   *     as it is
   */
  Optional<String> take(String href) {
    Multipart.Part part = left.remove(id(href));
    complete &= part != null;
    return Optional.ofNullable(part)
        .map(found -> Base64.getEncoder().encodeToString(found.content().bytes()));
  }

  /** Whether every reference had its attachment and every attachment its reference. */
  boolean areAllInPlace() {
    return complete && left.isEmpty();
  }

  private String id(String href) {
    boolean named = href.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    String written = named ? href.substring(SCHEME.length()) : href;
    return left.containsKey(written)
        ? written
        : PercentCoding.bytes(written)
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
            .orElse(written);
  }
}
