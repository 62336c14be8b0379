package dev.banyan.parity;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The labelled pairs of {@code corpus/rows.txt}. */
final class Corpus {
  private static final Pattern ESCAPE = Pattern.compile("\\\\(r|n|x[0-9a-f]{2})");

  private Corpus() {}

  /**
   * One pair.
   *
   * @param verdict N, T, B or V
   * @param optIn the rule that accepts it; empty for none
   */
  record Pair(
      int row,
      String verdict,
      String title,
      String from,
      String strict,
      String dotnetJson,
      String optIn,
      String controlText,
      String candidateText,
      Observation.Answered control,
      Observation.Answered candidate) {
    @Override
    public String toString() {
      return row + " " + verdict + " " + title;
    }
  }

  static List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (String block : text().split("\n\n", -1)) {
      if (block.strip().startsWith("row:")) {
        pairs.add(pair(block.strip()));
      }
    }
    return pairs;
  }

  private static Pair pair(String block) {
    String[] row = value(block, "row", "").split(" ", -1);
    String[] status = sides(value(block, "status", "200"));
    String[] type = sides(value(block, "type", "application/json"));
    List<String> left = new ArrayList<>(List.of("Content-Type", type[0]));
    List<String> right = new ArrayList<>(List.of("Content-Type", type[1]));
    for (String line : block.split("\n", -1)) {
      if (line.startsWith("header: ")) {
        String[] parts = line.substring(8).split(" \\| ?", -1);
        add(left, parts[0], parts[1]);
        add(right, parts[0], parts[2]);
      }
    }
    return new Pair(
        Integer.parseInt(row[0]),
        row[1],
        value(block, "title", ""),
        value(block, "from", ""),
        value(block, "strict", ""),
        value(block, "dotnet-json", ""),
        value(block, "opt-in", ""),
        value(block, "control", ""),
        value(block, "candidate", ""),
        Answers.with(
            Integer.parseInt(status[0]), body(block, "control"), left.toArray(new String[0])),
        Answers.with(
            Integer.parseInt(status[1]), body(block, "candidate"), right.toArray(new String[0])));
  }

  private static void add(List<String> fields, String name, String value) {
    if (!value.isEmpty()) {
      fields.add(name);
      fields.add(value);
    }
  }

  private static String[] sides(String written) {
    String[] sides = written.split(" \\| ", -1);
    return sides.length == 2 ? sides : new String[] {written, written};
  }

  private static byte[] body(String block, String key) {
    String escaped = value(block, key + "-escaped", "");
    return escaped.isEmpty()
        ? value(block, key, "").getBytes(StandardCharsets.UTF_8)
        : unescaped(escaped);
  }

  private static byte[] unescaped(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Matcher escape = ESCAPE.matcher(text);
    int from = 0;
    while (escape.find()) {
      bytes.writeBytes(text.substring(from, escape.start()).getBytes(StandardCharsets.UTF_8));
      String code = escape.group(1);
      switch (code) {
        case "r" -> bytes.write('\r');
        case "n" -> bytes.write('\n');
        default -> bytes.write(Integer.parseInt(code.substring(1), 16));
      }
      from = escape.end();
    }
    bytes.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }

  private static String value(String block, String key, String otherwise) {
    for (String line : block.split("\n", -1)) {
      if (line.startsWith(key + ":")) {
        return line.substring(key.length() + 1).strip();
      }
    }
    return otherwise;
  }

  private static String text() {
    try (InputStream in =
        Objects.requireNonNull(Corpus.class.getResourceAsStream("/corpus/rows.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
