package dev.banyan.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.parity.json.Json;
import dev.banyan.parity.json.JsonReader;
import dev.banyan.parity.json.JsonText;
import dev.banyan.rules.CompareProfile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Properties of the comparer over generated and mutated documents. */
class ComparerFuzz {
  private static final Comparer STRICT = Comparer.of(CompareProfile.STRICT);
  private static final Comparer DOTNET = Comparer.of(CompareProfile.DOTNET_JSON);
  private static final List<String> TYPES =
      List.of(
          "application/json",
          "application/problem+json; charset=utf-16",
          "text/html",
          "text/xml",
          "application/soap+xml; charset=utf-16",
          "text/plain; charset=iso-8859-1",
          "text/event-stream",
          "application/x-www-form-urlencoded",
          "multipart/mixed; boundary=b",
          "application/grpc",
          "");
  private static final List<String> LEAVES =
      List.of("null", "true", "false", "0", "-0.0", "1.50", "12e-1", "1E400");
  private static final List<String> CODINGS = List.of("", "gzip", "deflate", "br");

  @Property(tries = 2000)
  void noPairOfBytesMakesItThrow(
      @ForAll byte[] control, @ForAll byte[] candidate, @ForAll Random random) {
    Comparison comparison = STRICT.compare(dressed(control, random), dressed(candidate, random));
    assertThat(comparison).isNotEqualTo(new Comparison.Incomparable("comparer-failed"));
  }

  @Property(tries = 1000)
  void noBrokenCopyOfARealBodyMakesItThrow(@ForAll Random random) {
    List<Path> captures = Captures.all();
    Observation.Answered real = Captures.answer(captures.get(random.nextInt(captures.size())));
    byte[] broken = Captures.body(real).clone();
    if (broken.length == 0) {
      return;
    }
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
    }
    Comparison comparison =
        DOTNET.compare(
            real,
            new Observation.Answered(
                real.status(),
                real.headers(),
                new Body.Whole(broken),
                real.trailers(),
                real.firstByte(),
                real.duration()));
    assertThat(comparison).isNotEqualTo(new Comparison.Incomparable("comparer-failed"));
  }

  @Property(tries = 500)
  void aDocumentEqualsItselfWrittenInAnotherWay(@ForAll Random random) {
    String document = document(random, 4);
    assertThat(Answers.strictly(document, rewritten(read(document), random)))
        .isEqualTo(new Comparison.Match());
  }

  @Property(tries = 500)
  void oneChangedLeafIsOneDifferenceAtItsPlace(@ForAll Random random) {
    List<Path> captures = Captures.json();
    Observation.Answered real = Captures.answer(captures.get(random.nextInt(captures.size())));
    Json root = read(new String(Captures.body(real), StandardCharsets.UTF_8));
    List<String> leaves = new ArrayList<>();
    collect(root, "$", leaves);
    if (leaves.isEmpty()) {
      return;
    }
    int chosen = random.nextInt(leaves.size());
    Json changed = change(root, new int[] {chosen});

    Comparison comparison = Answers.strictly(text(root), text(changed));
    assertThat(Answers.differences(comparison)).containsExactly(leaves.get(chosen) + " value");
  }

  private static String document(Random random, int depth) {
    List<String> parts = new ArrayList<>();
    switch (random.nextInt(depth > 0 ? 4 : 2)) {
      case 0 -> {
        return LEAVES.get(random.nextInt(LEAVES.size()));
      }
      case 1 -> {
        byte[] chars = new byte[random.nextInt(6)];
        random.nextBytes(chars);
        return JsonText.quoted(new String(chars, StandardCharsets.ISO_8859_1));
      }
      case 2 -> {
        for (int i = random.nextInt(5); i > 0; i--) {
          parts.add(document(random, depth - 1));
        }
        return "[" + String.join(",", parts) + "]";
      }
      default -> {
        for (int i = random.nextInt(5); i > 0; i--) {
          parts.add("\"k" + i + "\":" + document(random, depth - 1));
        }
        return "{" + String.join(",", parts) + "}";
      }
    }
  }

  private static Observation.Answered dressed(byte[] bytes, Random random) {
    return Answers.with(
        200,
        bytes,
        "Content-Type",
        TYPES.get(random.nextInt(TYPES.size())),
        "Content-Encoding",
        CODINGS.get(random.nextInt(CODINGS.size())));
  }

  private static Json read(String document) {
    JsonReader.Outcome outcome = new JsonReader(CompareProfile.Arrays.ORDERED).read(document);
    return ((JsonReader.Outcome.Tree) outcome).root();
  }

  private static String text(Json json) {
    return JsonText.indented(json, Integer.MAX_VALUE - 1);
  }

  /** Members shuffled, white space added, numbers given another zero. */
  private static String rewritten(Json json, Random random) {
    String space = " \n\t".substring(0, random.nextInt(4));
    return switch (json) {
      case Json.Word word -> text(word);
      case Json.Text string -> space + text(string);
      case Json.Num num ->
          num.lexeme().matches("-?\\d+\\.\\d+") ? num.lexeme() + "0" : num.lexeme();
      case Json.Arr arr ->
          "["
              + String.join(
                  "," + space, arr.items().stream().map(i -> rewritten(i, random)).toList())
              + "]";
      case Json.Obj obj -> {
        List<String> members = new ArrayList<>();
        for (Json.Member member : obj.members()) {
          members.add(
              JsonText.quoted(member.name()) + space + ":" + rewritten(member.value(), random));
        }
        Collections.shuffle(members, random);
        yield "{" + String.join(",", members) + space + "}";
      }
    };
  }

  private static void collect(Json json, String at, List<String> leaves) {
    switch (json) {
      case Json.Word word when word == Json.Word.NULL -> {}
      case Json.Word word -> leaves.add(at);
      case Json.Text string -> leaves.add(at);
      case Json.Num num -> leaves.add(at);
      case Json.Arr arr -> arr.items().forEach(i -> collect(i, Location.element(at), leaves));
      case Json.Obj obj ->
          obj.members().forEach(m -> collect(m.value(), Location.member(at, m.name()), leaves));
    }
  }

  /** The same tree with the leaf of that number changed; nulls are not counted. */
  private static Json change(Json json, int[] countdown) {
    return switch (json) {
      case Json.Word word when word == Json.Word.NULL -> word;
      case Json.Word word ->
          countdown[0]-- != 0 ? word : word == Json.Word.TRUE ? Json.Word.FALSE : Json.Word.TRUE;
      case Json.Text string -> countdown[0]-- != 0 ? string : Json.Text.of(string.value() + "'");
      case Json.Num num -> countdown[0]-- != 0 ? num : Json.Num.of(other(num.lexeme()));
      case Json.Arr arr ->
          Json.Arr.of(
              arr.items().stream().map(item -> change(item, countdown)).toList(),
              CompareProfile.Arrays.ORDERED);
      case Json.Obj obj ->
          Json.Obj.of(
              obj.members().stream()
                  .map(m -> new Json.Member(m.name(), change(m.value(), countdown)))
                  .toList());
    };
  }

  private static String other(String number) {
    if (number.equals("0")) {
      return "7";
    }
    return number.startsWith("-") ? number.substring(1) + "1" : "-" + number + "1";
  }
}
