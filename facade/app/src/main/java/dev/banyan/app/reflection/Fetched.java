package dev.banyan.app.reflection;

import com.google.protobuf.ByteString;
import java.util.List;

/**
 * A set of descriptors that rules can name.
 *
 * @param version of reflection that gave it
 * @param services whose descriptors were asked for, by name
 * @param files of the set, in its order
 * @param set the bytes of a {@code FileDescriptorSet}
 * @param digest SHA-256 of these, lower-case hex
 */
public record Fetched(
    Reflection version, List<String> services, List<String> files, ByteString set, String digest) {
  public Fetched {
    services = List.copyOf(services);
    files = List.copyOf(files);
  }
}
