package dev.banyan.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Arrays that would cost a careless comparer the square of their length.
 *
 * @param name as the table shows it
 * @param left the control's elements, by how many there are about
 * @param right the candidate's
 */
record HostileArrays(String name, IntFunction<List<String>> left, IntFunction<List<String>> right) {

  static List<HostileArrays> all() {
    return List.of(
        new HostileArrays("all-different", n -> numbers(0, n), n -> numbers(n, n)),
        new HostileArrays("reversed", n -> numbers(0, n), n -> numbers(0, n).reversed()),
        new HostileArrays("rotated", n -> numbers(0, n), n -> rotated(numbers(0, n), n / 3)),
        new HostileArrays("shuffled", n -> numbers(0, n), n -> shuffled(numbers(0, n), 1)),
        new HostileArrays("one-value", n -> repeated(n, "1"), n -> repeated(n + 1, "1")),
        new HostileArrays("two-values", n -> mixed(n, 2, 1), n -> mixed(n, 2, 2)),
        new HostileArrays("few-values", n -> mixed(n, 50, 1), n -> mixed(n, 50, 2)),
        new HostileArrays("inserted-in-front", n -> numbers(0, n), n -> inFront(numbers(0, n))),
        new HostileArrays("interleaved", n -> numbers(0, n), HostileArrays::interleaved),
        new HostileArrays("half-reversed", n -> numbers(0, n), n -> halfReversed(numbers(0, n))),
        new HostileArrays("keyed-reversed", n -> keyed(0, n, 1), n -> keyed(0, n, 2).reversed()),
        new HostileArrays("keyed-all-changed", n -> keyed(0, n, 1), n -> keyed(0, n, 2)),
        new HostileArrays("keyed-renumbered", n -> keyed(0, n, 1), n -> keyed(n, n, 1)),
        new HostileArrays("lists-of-lists", n -> lists(n, 1), n -> lists(n, 2)),
        new HostileArrays("nested-changes", n -> nested(n, "1"), n -> nested(n, "2")),
        new HostileArrays("many-names", n -> names(n, 1), n -> names(n, 2)),
        new HostileArrays("names-reversed", n -> members(n), n -> members(n).reversed()),
        new HostileArrays("texts-of-one-start", n -> longTexts(n, 1), n -> longTexts(n, 2)));
  }

  /**
   * @param n how many elements, about
   */
  String control(int n) {
    return written(left.apply(n));
  }

  /** As {@link #control(int)}. */
  String candidate(int n) {
    return written(right.apply(n));
  }

  private static String written(List<String> items) {
    boolean members = items.getFirst().startsWith("\"n") && items.getFirst().contains("\":");
    return (members ? "{" : "[") + String.join(",", items) + (members ? "}" : "]");
  }

  private static List<String> numbers(int from, int n) {
    return IntStream.range(from, from + n).mapToObj(i -> "\"v" + i + "\"").toList();
  }

  private static List<String> rotated(List<String> items, int by) {
    List<String> rotated = new ArrayList<>(items);
    Collections.rotate(rotated, by);
    return rotated;
  }

  private static List<String> shuffled(List<String> items, int seed) {
    List<String> shuffled = new ArrayList<>(items);
    Collections.shuffle(shuffled, new Random(seed));
    shuffled.add("0");
    return shuffled;
  }

  private static List<String> halfReversed(List<String> items) {
    List<String> half = new ArrayList<>(items.subList(0, items.size() / 2));
    half.addAll(items.subList(items.size() / 2, items.size()).reversed());
    half.add("0");
    return half;
  }

  private static List<String> repeated(int n, String value) {
    return Collections.nCopies(n, value);
  }

  private static List<String> mixed(int n, int values, int seed) {
    Random random = new Random(seed);
    return IntStream.range(0, n).mapToObj(i -> "\"v" + random.nextInt(values) + "\"").toList();
  }

  private static List<String> inFront(List<String> items) {
    List<String> more = new ArrayList<>(items);
    more.addFirst("\"new\"");
    return more;
  }

  private static List<String> interleaved(int n) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      items.add("\"v" + i + "\"");
      items.add("\"x" + i + "\"");
    }
    return items;
  }

  private static List<String> keyed(int from, int n, int value) {
    return IntStream.range(from, from + n)
        .mapToObj(i -> "{\"id\":%d,\"price\":%d}".formatted(i, value))
        .toList();
  }

  private static List<String> lists(int n, int seed) {
    return IntStream.range(0, n / 20)
        .mapToObj(i -> "[" + String.join(",", mixed(20, 3, i * seed)) + "]")
        .toList();
  }

  private static List<String> nested(int n, String value) {
    return IntStream.range(0, n / 100)
        .mapToObj(i -> "[[" + i + "," + "[".repeat(100) + value + "]".repeat(100) + "]]")
        .toList();
  }

  private static List<String> names(int n, int seed) {
    return IntStream.range(0, n).mapToObj(i -> "{\"n%d\":1}".formatted(i * seed)).toList();
  }

  private static List<String> members(int n) {
    return IntStream.range(0, n).mapToObj(i -> "\"n%d\":%d".formatted(i, i)).toList();
  }

  private static List<String> longTexts(int n, int seed) {
    return IntStream.range(0, n / 20)
        .mapToObj(i -> "\"" + "abcdefghij".repeat(20) + i * seed + "\"")
        .toList();
  }
}
