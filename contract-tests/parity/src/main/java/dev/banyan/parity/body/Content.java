package dev.banyan.parity.body;

import java.util.Optional;

/**
 * A body without its content coding, and what its header calls it.
 *
 * @param bytes not copied
 * @param contentType the header as sent; empty where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Content(byte[] bytes, String contentType) {

  public Optional<MediaType> type() {
    return MediaType.parse(contentType);
  }

  /** As characters; empty where the bytes are not in their charset. */
  public Optional<String> text() {
    return Text.decode(bytes, type());
  }
}
