package dev.banyan.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Header or trailer fields in the order of the wire; names as sent, repeated fields kept apart.
 *
 * @param fields in order
 */
public record Headers(List<Field> fields) {
  public static final Headers NONE = new Headers(List.of());

  /**
   * One field line.
   *
   * @param name as sent
   * @param value as sent, one char per byte (ISO-8859-1), without surrounding white space
   */
  public record Field(String name, String value) {}

  public Headers {
    fields = List.copyOf(fields);
  }

  /** All values of a field, by name in any case. */
  public List<String> values(String name) {
    // Loops by index, neither streams nor iterators: every comparison asks for a dozen fields, most
    // of which are not there.
    String first = null;
    List<String> values = null;
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      if (field.name().equalsIgnoreCase(name)) {
        if (first == null) {
          first = field.value();
          continue;
        }
        if (values == null) {
          values = new ArrayList<>(List.of(first));
        }
        values.add(field.value());
      }
    }
    return values != null ? List.copyOf(values) : first != null ? List.of(first) : List.of();
  }

  /** The first value of a field, by name in any case. */
  public Optional<String> first(String name) {
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      if (field.name().equalsIgnoreCase(name)) {
        return Optional.of(field.value());
      }
    }
    return Optional.empty();
  }

  /** Bytes of all names and values. */
  public long size() {
    long size = 0;
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      size += field.name().length() + field.value().length();
    }
    return size;
  }
}
