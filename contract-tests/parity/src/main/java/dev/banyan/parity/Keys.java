package dev.banyan.parity;

import dev.banyan.parity.align.Numbering;
import dev.banyan.parity.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the member that tells the elements of an array apart: one that a profile names, or one
 * whose name looks like a key. Its value is a text or a number, is in every element and unique on
 * either side, and most of its values are on both.
 */
final class Keys {
  private static final List<String> ENDINGS = List.of("id", "guid", "key", "code", "sku", "number");

  private final Map<String, String> given;

  /**
   * @param given member names by the location of the array
   */
  Keys(Map<String, String> given) {
    this.given = given;
  }

  /** The elements numbered by their keys; null where there is no key. */
  @Nullable Numbering numbering(String at, List<Json> control, List<Json> candidate) {
    if (control.size() < 2 && candidate.size() < 2) {
      return null;
    }
    if (control.isEmpty()
        || candidate.isEmpty()
        || !(control.getFirst() instanceof Json.Obj first)) {
      return null;
    }
    String named = given.get(at);
    for (Json.Member member : first.members()) {
      if (named == null ? looksLikeKey(member.name()) : named.equals(member.name())) {
        List<String> left = values(control, member.name());
        List<String> right = left == null ? null : values(candidate, member.name());
        if (left != null && left.equals(right)) {
          return oneToOne(left.size());
        }
        if (left != null && right != null && mostlyTheSame(left, right)) {
          return numbering(left, right);
        }
      }
    }
    return null;
  }

  private static boolean looksLikeKey(String name) {
    String plain = name.toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(plain::endsWith);
  }

  /** Unique values of all elements, or null. */
  private static @Nullable List<String> values(List<Json> elements, String name) {
    List<String> values = new ArrayList<>(elements.size());
    Set<String> seen = HashSet.newHashSet(elements.size());
    for (Json element : elements) {
      String value = element instanceof Json.Obj obj ? value(obj, name) : null;
      if (value == null || !seen.add(value)) {
        return null;
      }
      values.add(value);
    }
    return values;
  }

  private static @Nullable String value(Json.Obj obj, String name) {
    return switch (obj.first(name)) {
      case Json.Text text -> "t" + text.value();
      case Json.Num num -> "n" + num.value();
      case null, default -> null;
    };
  }

  /** A key that was renumbered on one side tells nothing. */
  private static boolean mostlyTheSame(List<String> left, List<String> right) {
    Set<String> there = new HashSet<>(right);
    long both = left.stream().filter(there::contains).count();
    return both * 2 >= Math.min(left.size(), right.size());
  }

  private static Numbering numbering(List<String> left, List<String> right) {
    Map<String, Integer> numbers = new HashMap<>();
    int[] onLeft = left.stream().mapToInt(value -> number(numbers, value)).toArray();
    int[] onRight = right.stream().mapToInt(value -> number(numbers, value)).toArray();
    return new Numbering(onLeft, onRight, numbers.size());
  }

  private static Numbering oneToOne(int size) {
    int[] numbers = IntStream.range(0, size).toArray();
    return new Numbering(numbers, numbers, size);
  }

  private static int number(Map<String, Integer> numbers, String value) {
    int next = numbers.size();
    Integer known = numbers.putIfAbsent(value, next);
    return known == null ? next : known;
  }
}
