package dev.banyan.rules;

import dev.banyan.rules.protobuf.DescriptorSet;
import java.util.Optional;

/**
 * What messages of Protocol Buffers are read by.
 *
 * @param set their types
 * @param message full name of the type that a plain body has where its media type names none; in
 *     the set
 */
public record ProtobufTypes(DescriptorSet set, Optional<String> message) {

  /** Another one wherever messages may be read otherwise. */
  public String digest() {
    return set.digest() + message.map(" "::concat).orElse("");
  }
}
