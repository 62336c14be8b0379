package dev.banyan.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a route wants of a request beside host, path and method. */
final class Conditions {
  private final String[] headerNames;
  private final String[] headerValues;
  private final QueryConditions query;

  private Conditions(Map<String, String> headers, Map<String, String> query) {
    headerNames = headers.keySet().toArray(String[]::new);
    headerValues = headers.values().toArray(String[]::new);
    this.query = QueryConditions.of(query);
  }

  boolean hold(RequestHead head) {
    for (int i = 0; i < headerNames.length; i++) {
      if (!headerValues[i].equals(head.header(headerNames[i]))) {
        return false;
      }
    }
    return query.hold(head.query());
  }

  /**
   * Those of a whole table: routes that want the same share one object, which is then near at hand;
   * with many routes the time goes into waiting for memory.
   */
  static final class Shared {
    private final Map<List<Map<String, String>>, Conditions> made = new HashMap<>();

    /** Null where the route wants nothing of the kind. */
    @Nullable Conditions of(RouteMatch match) {
      return match.headers().isEmpty() && match.query().isEmpty()
          ? null
          : made.computeIfAbsent(
              List.of(match.headers(), match.query()),
              wanted -> new Conditions(match.headers(), match.query()));
    }
  }
}
