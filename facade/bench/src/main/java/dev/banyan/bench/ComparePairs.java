package dev.banyan.bench;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Pairs of JSON bodies as an order service sends them: equal ones in several writings. */
enum ComparePairs {
  /** The very same bytes. */
  BYTES("equal bytes", 66),
  /** One side as .NET writes it, the other with the spaces of Python. */
  SPACES("white space", 66),
  /** An apostrophe escaped, 1.5 for 1.50. */
  WRITING("escapes and scale", 66),
  /** Another order of members in every object. */
  ORDER("member order", 66),
  /** As {@link #SPACES}, a hundred times as large. */
  LARGE("1 MB, white space", 6500),
  /** As {@link #BYTES}, likewise. */
  LARGE_BYTES("1 MB, equal bytes", 6500),
  /** One value of a hundred differs, and the white space. */
  CHANGED("1 MB, 1 % differs", 6500);

  private final String shown;
  private final int orders;

  ComparePairs(String shown, int orders) {
    this.shown = shown;
    this.orders = orders;
  }

  String shown() {
    return shown;
  }

  String control() {
    return orders(orders, 0);
  }

  String candidate() {
    return switch (this) {
      case BYTES, LARGE_BYTES -> control();
      case SPACES, LARGE -> spaced(control());
      case WRITING ->
          control().replace("'", "\\u0027").replace("<", "\\u003c").replace(".50,", ".5,");
      case ORDER ->
          control()
              .replaceAll("\\{(\"OrderID\":\\d+),(\"CustomerName\":\"[^\"]*\"),", "{$2,$1,")
              .replaceAll("\\{(\"Sku\":\"[^\"]*\"),(\"Quantity\":\\d+)}", "{$2,$1}");
      case CHANGED -> spaced(orders(orders, CHANGED_EVERY));
    };
  }

  /** Each order has seven values. */
  private static final int CHANGED_EVERY = 14;

  private static String spaced(String json) {
    return json.replace(",\"", ", \"").replace("\":", "\": ").replace("},{", "}, {");
  }

  private static String orders(int count, int changedEvery) {
    return IntStream.range(0, count)
        .mapToObj(i -> order(i, changedEvery > 0 && i % changedEvery == 0 ? 1 : 0))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String order(int i, int added) {
    return String.format(
        Locale.ROOT,
        "{\"OrderID\":%d,\"CustomerName\":\"O'Brien & Söhne <%d>\","
            + "\"OrderDate\":\"2014-03-09T14:05:30.25Z\",\"Status\":%d,\"Total\":%d.50,"
            + "\"Lines\":[{\"Sku\":\"AB-%d\",\"Quantity\":3}]}",
        10_000 + i,
        i,
        i % 3,
        i + added,
        i);
  }
}
