package dev.banyan.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.parity.json.Json;
import dev.banyan.parity.json.JsonReader;
import dev.banyan.rules.CompareProfile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jsoup.Jsoup;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Ten thousand single changes of captured bodies: each is found where it is, or says nothing. */
class MutationTest {
  private static final int MUTATIONS = 10_000;
  private static final Comparer STRICT = Comparer.of(CompareProfile.STRICT);

  /** Few captured pages show white space as it is. */
  private static final String CODE =
      """
      <html><body><pre>one
        two</pre><div><pre><code>if (a) {
        b();
      }</code></pre></div><form><textarea name="remark"> at
      the door</textarea></form></body></html>
      """;

  /** A captured body in a form that can be changed. */
  private record Original(String file, String type, String text) {}

  @Test
  void everyChangeIsCalledWhatItIs() {
    Random random = new Random(20261121);
    List<Original> originals = originals();
    Map<String, int[]> rates = new TreeMap<>();
    List<String> misses = new ArrayList<>();
    int done = 0;
    for (int tries = 0; done < MUTATIONS && tries < MUTATIONS * 20; tries++) {
      Original original = originals.get(random.nextInt(originals.size()));
      Mutation mutation = mutate(original, random);
      if (mutation == null) {
        continue;
      }
      done++;
      Set<String> found = found(original, mutation);
      String sort = original.type().replace("text/", "").replace("application/", "");
      int[] rate = rates.computeIfAbsent(sort + ", " + mutation.sort(), key -> new int[2]);
      rate[0]++;
      if (found.equals(mutation.expected())) {
        rate[1]++;
      } else {
        misses.add(
            original.file()
                + " "
                + mutation.sort()
                + ": expected "
                + mutation.expected()
                + ", found "
                + found);
      }
    }
    System.out.printf(
        "mutations: %d of %d bodies, %d called what they are%n",
        done, originals.size(), done - misses.size());
    rates.forEach(
        (sort, rate) -> System.out.printf("  %-32s %5d of %5d%n", sort, rate[1], rate[0]));
    assertThat(rates).containsKey("html, space that is shown");
    assertThat(originals).hasSizeGreaterThanOrEqualTo(200);
    assertThat(done).isEqualTo(MUTATIONS);
    assertThat(misses).isEmpty();
  }

  private static @Nullable Mutation mutate(Original original, Random random) {
    return switch (original.type()) {
      case "application/json" -> new JsonMutations(random).of(json(original.text()));
      case "text/html" -> new MarkupMutations(random).of(Jsoup.parse(original.text()));
      default -> new MarkupMutations(random).of(Jsoup.parse(original.text(), Parser.xmlParser()));
    };
  }

  private static Set<String> found(Original original, Mutation mutation) {
    Comparison comparison =
        STRICT.compare(
            answer(original.type(), original.text()), answer(original.type(), mutation.body()));
    return comparison instanceof Comparison.Incomparable(String reason)
        ? Set.of(reason)
        : new LinkedHashSet<>(Answers.differences(comparison));
  }

  private static Observation.Answered answer(String type, String text) {
    return Answers.with(
        200, text.getBytes(StandardCharsets.UTF_8), "Content-Type", type + "; charset=utf-8");
  }

  private static List<Original> originals() {
    List<Original> originals = new ArrayList<>();
    Set<String> sent = new LinkedHashSet<>();
    for (Path file : Captures.all()) {
      add(originals, file, Captures.answer(file));
      Observation.Answered request = Captures.request(file);
      String body = new String(Captures.body(request), StandardCharsets.UTF_8);
      // A request that did not parse is not a body of its type.
      boolean whole = !file.toString().contains("malformed") && !file.toString().contains("bad");
      if (whole && request.headers().first("transfer-encoding").isEmpty() && sent.add(body)) {
        add(originals, file, request);
      }
    }
    originals.add(new Original("made", "text/html", Jsoup.parse(CODE).outerHtml()));
    return originals;
  }

  private static void add(List<Original> originals, Path file, Observation.Answered answer) {
    String type = answer.headers().first("content-type").orElse("");
    String text = new String(Captures.body(answer), StandardCharsets.UTF_8);
    String name = file.getParent().getFileName() + "/" + file.getFileName();
    if (text.isBlank()) {
      return;
    }
    if (type.contains("json") && (text.startsWith("{") || text.startsWith("["))) {
      originals.add(new Original(name, "application/json", text));
    } else if (type.contains("html")) {
      originals.add(new Original(name, "text/html", Jsoup.parse(text).outerHtml()));
    } else if (type.contains("xml")) {
      originals.add(new Original(name, "text/xml", text));
    }
  }

  private static Json json(String text) {
    return ((JsonReader.Outcome.Tree) new JsonReader(CompareProfile.Arrays.ORDERED).read(text))
        .root();
  }
}
