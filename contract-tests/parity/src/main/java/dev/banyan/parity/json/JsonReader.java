package dev.banyan.parity.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.banyan.parity.align.Deadline;
import dev.banyan.rules.CompareProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads bytes into a {@link Json} tree of bounded depth. */
public final class JsonReader {
  /** Levels of nesting that are read. */
  public static final int MAX_DEPTH = 200;

  /** Lengths are bounded by the body's cap already; depth is checked here, level by level. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          // A shared symbol table would let hostile names slow down every later body.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  /** Bytes that a tree may take, whatever the size of its text. */
  private static final long FREE = 4 << 20;

  /** Bytes that it may take for each char of its text. */
  private static final int PER_CHAR = 8;

  /** More than any tree takes for a char: of empty objects in an array, two chars and a comma. */
  private static final int MOST_PER_CHAR = 80;

  /** Different names and short numbers that are kept once for all their places. */
  private static final int SHARED = 4096;

  private final CompareProfile.Arrays arrays;
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, Json> numbers = new HashMap<>();
  private long room;

  public JsonReader(CompareProfile.Arrays arrays) {
    this.arrays = arrays;
  }

  /** What reading came to. */
  public sealed interface Outcome {
    /** Valid JSON. */
    record Tree(Json root) implements Outcome {}

    /** Not JSON, or not in its charset. */
    record Invalid() implements Outcome {}

    /** More than {@link #MAX_DEPTH} levels. */
    record TooDeep() implements Outcome {}

    /** Its tree would take many times the memory of its text. */
    record TooMany() implements Outcome {}
  }

  public Outcome read(String text) {
    return read(text, FREE + (long) PER_CHAR * text.length(), 0);
  }

  /**
   * A part of a text that {@link #surelyFits}.
   *
   * @param bytes valid UTF-8
   * @param depth of the level that the part stands at
   */
  Outcome part(byte[] bytes, int from, int to, int depth) {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    return read(text, Long.MAX_VALUE, depth);
  }

  /** A text without escapes, a number or a word of such a part; null for anything else. */
  @Nullable Json scalar(byte[] bytes, int from, int to) {
    if (bytes[from] == '"') {
      return JsonBytes.plainEnd(bytes, from + 1) == to - 1
          ? Json.Text.of(new String(bytes, from + 1, to - from - 2, StandardCharsets.UTF_8))
          : null;
    }
    if (JsonNumbers.end(bytes, from) == to) {
      return Json.Num.of(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
    }
    if (to - from == 4 || to - from == 5) {
      return switch (new String(bytes, from, to - from, StandardCharsets.ISO_8859_1)) {
        case "true" -> Json.Word.TRUE;
        case "false" -> Json.Word.FALSE;
        case "null" -> Json.Word.NULL;
        default -> null;
      };
    }
    return null;
  }

  CompareProfile.Arrays arrays() {
    return arrays;
  }

  /** Whether no tree of this text can be {@link Outcome.TooMany}; no may mean that it can not. */
  static boolean surelyFits(byte[] text) {
    long room = FREE + ((long) PER_CHAR - 1) * text.length;
    if ((long) text.length * MOST_PER_CHAR < room) {
      return true;
    }
    room -= (64 + 84) * JsonBytes.opening(text);
    room -= 84 * JsonBytes.count(text, ',') + 32 * JsonBytes.count(text, ':');
    return room > 84;
  }

  private Outcome read(String text, long size, int depth) {
    room = size;
    try (JsonParser parser = FACTORY.createParser(text)) {
      Json root = value(parser, parser.nextToken(), depth);
      return parser.nextToken() == null ? new Outcome.Tree(root) : new Outcome.Invalid();
    } catch (TooDeepException tooDeep) {
      return new Outcome.TooDeep();
    } catch (TooManyException tooMany) {
      return new Outcome.TooMany();
    } catch (IOException invalid) {
      return new Outcome.Invalid();
    }
  }

  private Json value(JsonParser parser, @Nullable JsonToken token, int depth) throws IOException {
    Deadline.step();
    if (depth > MAX_DEPTH) {
      throw new TooDeepException();
    }
    return switch (token) {
      case START_OBJECT -> object(parser, depth);
      case START_ARRAY -> array(parser, depth);
      case VALUE_STRING -> {
        take(80 + parser.getTextLength());
        yield Json.Text.of(parser.getText());
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
      case VALUE_TRUE -> Json.Word.TRUE;
      case VALUE_FALSE -> Json.Word.FALSE;
      case VALUE_NULL -> Json.Word.NULL;
      case null, default -> throw new IOException("no JSON value here: " + token);
    };
  }

  private Json number(String lexeme) throws TooManyException {
    Json known = numbers.get(lexeme);
    if (known != null) {
      return known;
    }
    Json number = Json.Num.of(lexeme);
    take(lexeme.length() <= 18 ? 32 : 80 + lexeme.length());
    if (lexeme.length() <= 20 && numbers.size() < SHARED) {
      numbers.put(lexeme, number);
    }
    return number;
  }

  String shared(String name) {
    String known = names.get(name);
    if (known == null && names.size() < SHARED && name.length() <= 100) {
      names.put(name, name);
    }
    return known == null ? name : known;
  }

  private void take(long bytes) throws TooManyException {
    room -= bytes;
    if (room < 0) {
      throw new TooManyException();
    }
  }

  private Json object(JsonParser parser, int depth) throws IOException {
    List<Json.Member> members = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token == JsonToken.FIELD_NAME;
        token = parser.nextToken()) {
      String name = shared(parser.currentName());
      take(32);
      members.add(new Json.Member(name, value(parser, parser.nextToken(), depth + 1)));
    }
    take(64);
    return Json.Obj.of(members);
  }

  private Json array(JsonParser parser, int depth) throws IOException {
    List<Json> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(value(parser, token, depth + 1));
    }
    take(64 + 4L * items.size());
    return Json.Arr.of(items, arrays);
  }

  private static final class TooDeepException extends IOException {
    TooDeepException() {
      super("more than " + MAX_DEPTH + " levels");
    }
  }

  private static final class TooManyException extends IOException {
    TooManyException() {
      super("too many values for the size of the text");
    }
  }
}
