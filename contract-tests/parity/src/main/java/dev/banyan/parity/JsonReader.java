package dev.banyan.parity;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.banyan.rules.CompareProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads bytes into a {@link Json} tree of bounded depth. */
final class JsonReader {
  /** Levels of nesting that are read. */
  static final int MAX_DEPTH = 200;

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

  private final CompareProfile.Arrays arrays;

  JsonReader(CompareProfile.Arrays arrays) {
    this.arrays = arrays;
  }

  /** What reading came to. */
  sealed interface Outcome {
    /** Valid JSON. */
    record Tree(Json root) implements Outcome {}

    /** Not JSON, or not in its charset. */
    record Invalid() implements Outcome {}

    /** More than {@link #MAX_DEPTH} levels. */
    record TooDeep() implements Outcome {}
  }

  Outcome read(byte[] bytes, Optional<MediaType> type) {
    Optional<String> text = Text.decode(bytes, type);
    return text.isPresent() ? read(text.get()) : new Outcome.Invalid();
  }

  private Outcome read(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      Json root = value(parser, parser.nextToken(), 0);
      return parser.nextToken() == null ? new Outcome.Tree(root) : new Outcome.Invalid();
    } catch (TooDeepException tooDeep) {
      return new Outcome.TooDeep();
    } catch (IOException invalid) {
      return new Outcome.Invalid();
    }
  }

  private Json value(JsonParser parser, @Nullable JsonToken token, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new TooDeepException();
    }
    return switch (token) {
      case START_OBJECT -> object(parser, depth);
      case START_ARRAY -> array(parser, depth);
      case VALUE_STRING -> Json.Text.of(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Json.Num.of(parser.getText());
      case VALUE_TRUE -> Json.Word.TRUE;
      case VALUE_FALSE -> Json.Word.FALSE;
      case VALUE_NULL -> Json.Word.NULL;
      case null, default -> throw new IOException("no JSON value here: " + token);
    };
  }

  private Json object(JsonParser parser, int depth) throws IOException {
    List<Json.Member> members = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token == JsonToken.FIELD_NAME;
        token = parser.nextToken()) {
      String name = parser.currentName();
      members.add(new Json.Member(name, value(parser, parser.nextToken(), depth + 1)));
    }
    return Json.Obj.of(members);
  }

  private Json array(JsonParser parser, int depth) throws IOException {
    List<Json> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(value(parser, token, depth + 1));
    }
    return Json.Arr.of(items, arrays);
  }

  private static final class TooDeepException extends IOException {
    TooDeepException() {
      super("more than " + MAX_DEPTH + " levels");
    }
  }
}
