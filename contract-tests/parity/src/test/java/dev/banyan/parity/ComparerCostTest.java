package dev.banyan.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.CompareProfile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What comparing costs. Speed is measured by hand ({@code -Dbanyan.cost=true}); memory always. */
class ComparerCostTest {
  private static final Comparer COMPARER = Comparer.of(CompareProfile.DOTNET_JSON);
  private static final int FREE = 8 << 20;

  @Test
  @EnabledIfSystemProperty(named = "banyan.cost", matches = "true")
  void speedOfEqualAndUnequalPairs() {
    String small = orders(45, 0);
    String large = orders(4500, 0);
    speed("equal bytes, 10 kB", small, small);
    speed("equal but for white space, 10 kB", small, small.replace(",\"", ", \""));
    speed("equal but for escapes and scale, 10 kB", small, rewritten(small));
    speed("equal but for the order of members, 10 kB", small, reordered(45));
    speed("equal but for white space, 1 MB", large, large.replace(",\"", ", \""));
    speed("1 % changed, 1 MB", large, orders(4500, 100));
  }

  @Test
  void aTreeTakesNoMoreThanTenTimesItsText() {
    String numbers =
        IntStream.range(0, 100_000)
            .mapToObj(i -> "" + (i * 7))
            .collect(Collectors.joining(",", "[", "]"));
    String other = numbers.replace(",77,", ",78,");
    allocates("numbers", numbers, other);
    allocates("orders", orders(3000, 0), orders(3000, 100));
    allocates(
        "short texts",
        "[" + "\"a\",".repeat(200_000) + "1]",
        "[" + "\"a\",".repeat(200_000) + "2]");
    allocates(
        "empty lists", "[" + "[],".repeat(250_000) + "1]", "[" + "[],".repeat(250_000) + "2]");
    allocates("one digit", "[" + "1,".repeat(350_000) + "1]", "[" + "1,".repeat(350_000) + "2]");
  }

  @Test
  void aTreeOfElementsTakesNoMoreThanTenTimesItsText() {
    String orders =
        "<o><OrderID>1</OrderID><CustomerName>O'Brien</CustomerName></o>".repeat(10_000);
    allocates("elements", xml(orders + "<e>1</e>"), xml(orders + "<e>2</e>"));
    String small = "<b>1</b><c/>".repeat(70_000);
    allocates("small elements", xml(small + "<e>1</e>"), xml(small + "<e>2</e>"));
  }

  private static Observation.Answered xml(String content) {
    byte[] bytes = ("<a>" + content + "</a>").getBytes(StandardCharsets.UTF_8);
    return Answers.with(200, bytes, "Content-Type", "text/xml");
  }

  /** What is held at once is at most what is left after a collection while the trees are alive. */
  private static void allocates(String name, String control, String candidate) {
    allocates(name, Answers.json(control), Answers.json(candidate));
  }

  private static void allocates(
      String name, Observation.Answered left, Observation.Answered right) {
    long input = Captures.body(left).length + (long) Captures.body(right).length;
    long peak = PeakMemory.of(() -> COMPARER.compare(left, right));
    System.out.printf(
        "memory, %s: %.1f times the input of %d kB%n", name, (double) peak / input, input >> 10);
    // Hardly anything would mean that no collection came while the trees were alive; elements that
    // both sides have are not read.
    assertThat(peak).as(name).isGreaterThan(input / 10).isLessThan(10 * input + FREE);
  }

  private static void speed(String name, String control, String candidate) {
    Observation.Answered left = Answers.json(control);
    Observation.Answered right = Answers.json(candidate);
    long bytes = Captures.body(left).length + (long) Captures.body(right).length;
    long warm = System.nanoTime();
    while (System.nanoTime() - warm < 2_000_000_000L) {
      COMPARER.compare(left, right);
    }
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long rounds = 0;
    long start = System.nanoTime();
    while (System.nanoTime() - start < 2_000_000_000L) {
      COMPARER.compare(left, right);
      rounds++;
    }
    cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
    System.out.printf(
        "speed, %s: %.0f MB/s of a core (both sides counted)%n",
        name, bytes * rounds * 1000.0 / cpu);
  }

  private static String orders(int count, int changedEvery) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                "{\"OrderID\":%d,\"CustomerName\":\"O'Brien & Söhne <%d>\",\"OrderDate\":\"2014-03-09T14:05:30.25Z\",\"Status\":%d,\"Total\":%d.50,\"Lines\":[{\"Sku\":\"AB-%d\",\"Quantity\":3}]}"
                    .formatted(
                        10_000 + i, i, i % 3, changedEvery > 0 && i % changedEvery == 0 ? 1 : i, i))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String rewritten(String json) {
    return json.replace("'", "\\u0027").replace("<", "\\u003c").replace(".50,", ".5,");
  }

  private static String reordered(int count) {
    return orders(count, 0)
        .replaceAll("\\{(\"OrderID\":\\d+),(\"CustomerName\":\"[^\"]*\"),", "{$2,$1,");
  }
}
