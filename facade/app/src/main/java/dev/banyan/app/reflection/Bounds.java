package dev.banyan.app.reflection;

import dev.banyan.rules.protobuf.DescriptorReader;
import java.time.Duration;

/**
 * What one fetch may take, whatever the server does.
 *
 * @param time from connecting to the last answer
 * @param bytes of the whole set, and of each answer
 * @param files of the set
 */
public record Bounds(Duration time, int bytes, int files) {
  /** A set that the rule reader would refuse for its size is not fetched either. */
  public static final Bounds DEFAULT =
      new Bounds(Duration.ofSeconds(10), DescriptorReader.MAX_BYTES, 10_000);

  String timeText() {
    return time.toMillis() < 1000 ? time.toMillis() + " ms" : time.toSeconds() + " s";
  }

  String bytesText() {
    return bytes < 1 << 20 ? bytes + " bytes" : (bytes >> 20) + " MB";
  }
}
