package dev.banyan.parity;

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
    return fields.stream().filter(f -> f.name().equalsIgnoreCase(name)).map(Field::value).toList();
  }

  /** The first value of a field, by name in any case. */
  public Optional<String> first(String name) {
    return fields.stream()
        .filter(f -> f.name().equalsIgnoreCase(name))
        .map(Field::value)
        .findFirst();
  }
}
