package dev.banyan.rules;

import java.util.List;
import java.util.function.Predicate;

/**
 * The fields by which a client asks a server to take its method for another one. Whether a server
 * listens is not known, so a request that carries one changes something, whatever its method says.
 */
public final class MethodOverride {
  private static final List<String> FIELDS =
      List.of("x-http-method-override", "x-http-method", "x-method-override");

  private MethodOverride() {}

  /**
   * Whether one of them is there, with whatever value.
   *
   * @param has whether there is a field of that name, which is in lower case
   */
  public static boolean isAsked(Predicate<String> has) {
    for (String field : FIELDS) {
      if (has.test(field)) {
        return true;
      }
    }
    return false;
  }

  /** The same of a head, without a new object for each request. */
  static boolean isAsked(RequestHead head) {
    for (int i = 0; i < FIELDS.size(); i++) {
      if (head.header(FIELDS.get(i)) != null) {
        return true;
      }
    }
    return false;
  }
}
