package dev.banyan.migration;

import dev.banyan.parity.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * What a request and its answer look like, whatever they are about: {@code GET 2xx ?page&size
 * application/json}. Two requests of one shape exercise the same behaviour more likely than two of
 * different shapes, so evidence must have seen each shape that clients use.
 */
public final class RequestShape {
  private static final int MOST_PARAMETERS = 8;
  private static final int LONGEST_NAME = 40;

  /** Stands where a name would, as in {@link BodyShape}. */
  private static final String DATA = "*";

  private RequestShape() {}

  /**
   * Method, class of the status, names of the query parameters, media type of the answer. Cheap
   * enough for every request.
   *
   * @param query raw, without the question mark
   */
  public static String of(String method, String query, Observation control) {
    StringBuilder shape = new StringBuilder(64).append(method).append(' ');
    switch (control) {
      case Observation.Answered answered -> {
        shape.append(answered.status() / 100).append("xx").append(parameters(query));
        answered
            .headers()
            .first("content-type")
            .ifPresent(type -> shape.append(' ').append(mediaType(type)));
      }
      case Observation.Failed failed -> shape.append("failed").append(parameters(query));
    }
    return shape.toString();
  }

  /**
   * Names only, sorted, each once; of more than eight, the first eight and an ellipsis. What looks
   * like data in the place of a name counts as one name: it is nobody's to store, and would be a
   * shape of its own for every value.
   */
  private static String parameters(String query) {
    if (query.isEmpty()) {
      return "";
    }
    TreeSet<String> names = new TreeSet<>();
    for (String parameter : query.split("&", 64)) {
      int end = parameter.indexOf('=');
      if (end != 0 && !parameter.isEmpty()) {
        names.add(end > 0 && isName(parameter, end) ? parameter.substring(0, end) : DATA);
      }
    }
    List<String> shown = new ArrayList<>(names);
    if (shown.size() > MOST_PARAMETERS) {
      shown = new ArrayList<>(shown.subList(0, MOST_PARAMETERS));
      shown.add("…");
    }
    return shown.isEmpty() ? "" : " ?" + String.join("&", shown);
  }

  /**
   * Whether the chars before the equals sign are a name as programs give them: letters, digits and
   * {@code _ . $ [ ] -}, no digit in front, and not long. A parameter without an equals sign has a
   * value and no name.
   */
  private static boolean isName(String parameter, int end) {
    if (end > LONGEST_NAME || isDigit(parameter.charAt(0))) {
      return false;
    }
    for (int i = 0; i < end; i++) {
      char c = parameter.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && !isDigit(c) && "_.$[]-".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static String mediaType(String contentType) {
    int end = contentType.indexOf(';');
    String type = (end < 0 ? contentType : contentType.substring(0, end)).strip();
    return type.substring(0, Math.min(type.length(), LONGEST_NAME)).toLowerCase(Locale.ROOT);
  }
}
