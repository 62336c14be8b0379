package dev.banyan.rules;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the owner of a rule set calls private, wherever it is: masked whole, whatever it looks like.
 *
 * @param names of members, elements, attributes, form fields and parameters, in lower case; they
 *     hold at every place and in any case
 * @param locations as differences give them, in lower case; with all that is below them
 */
public record PrivateFields(Set<String> names, Set<String> locations) {
  public static final PrivateFields NONE = new PrivateFields(Set.of(), Set.of());

  public PrivateFields {
    names = Set.copyOf(names);
    locations = Set.copyOf(locations);
  }

  /**
   * From what is written: {@code $.customer.name}, {@code messages[*].customer.name}, {@code
   * /Envelope/Body/Name}, {@code header.x-user}, {@code query.name}, {@code form.name} are places;
   * anything else is a name.
   */
  public static PrivateFields of(Iterable<String> written) {
    Set<String> names = new TreeSet<>();
    Set<String> locations = new TreeSet<>();
    for (String field : written) {
      String lower = field.toLowerCase(Locale.ROOT);
      (isLocation(lower) ? locations : names).add(lower);
    }
    return new PrivateFields(names, locations);
  }

  private static boolean isLocation(String field) {
    return field.startsWith("$.")
        || field.startsWith("$[")
        || field.startsWith("messages[")
        || field.startsWith("/")
        || field.startsWith("header.")
        || field.startsWith("query.")
        || field.startsWith("form.");
  }
}
