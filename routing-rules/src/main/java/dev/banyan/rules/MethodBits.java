package dev.banyan.rules;

import java.util.Set;

/** A set of methods; the usual ones as bits, for a set of one's own costs a look at memory. */
final class MethodBits {
  private MethodBits() {}

  /** The usual methods of a set. */
  static int of(Set<String> methods) {
    int bits = 0;
    for (String method : methods) {
      bits |= bit(method);
    }
    return bits;
  }

  static boolean contains(int bits, Set<String> methods, String method) {
    int bit = bit(method);
    return bit == 0 ? methods.contains(method) : (bits & bit) != 0;
  }

  private static int bit(String method) {
    return switch (method) {
      case "GET" -> 1;
      case "HEAD" -> 2;
      case "POST" -> 4;
      case "PUT" -> 8;
      case "DELETE" -> 16;
      case "PATCH" -> 32;
      case "OPTIONS" -> 64;
      default -> 0;
    };
  }
}
