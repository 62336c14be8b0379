package dev.banyan.migration;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.banyan.parity.Body;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The structure of a JSON body without its values: {@code body 1f3a09c2}. Places and types, a
 * list's items all at one place; names that look like data (they hold digits first, signs, or are
 * long) count as one name, so that an object keyed by ids has one shape.
 */
public final class BodyShape {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern FIXED_NAME = Pattern.compile("[A-Za-z_$@][\\w$@-]{0,99}");
  private static final int MOST_PLACES = 512;
  private static final int DEEPEST = 32;

  private BodyShape() {}

  /** None for a body that was not kept, is empty, or is no JSON. */
  public static Optional<String> of(Body body) {
    return switch (body) {
      case Body.Whole whole when whole.bytes().length > 0 -> of(whole.bytes());
      case Body.Whole whole -> Optional.empty();
      case Body.Messages messages -> Optional.empty();
      case Body.TooLarge tooLarge -> Optional.empty();
      case Body.NotKept notKept -> Optional.empty();
    };
  }

  private static Optional<String> of(byte[] bytes) {
    try (JsonParser parser = JSON.createParser(bytes)) {
      Set<String> places = places(parser);
      FieldHash hash = new FieldHash();
      places.forEach(hash::add);
      return places.isEmpty()
          ? Optional.empty()
          : Optional.of("body " + hash.hex().substring(0, 8));
    } catch (IOException noJson) {
      return Optional.empty();
    }
  }

  private static Set<String> places(JsonParser parser) throws IOException {
    Set<String> places = new TreeSet<>();
    Deque<String> above = new ArrayDeque<>();
    String place = "$";
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      switch (token) {
        case FIELD_NAME -> place = above.element() + "." + name(parser.currentName());
        case START_OBJECT, START_ARRAY -> {
          note(places, place, token == JsonToken.START_ARRAY ? "list" : "object");
          // Below this, all is one place: the stack must still match the closing brackets.
          String inside = above.size() < DEEPEST ? place : "…";
          above.push(inside);
          place = token == JsonToken.START_ARRAY ? inside + "[]" : inside;
        }
        case END_OBJECT, END_ARRAY -> {
          above.pop();
          place = above.isEmpty() ? "$" : itemOf(parser, above.element());
        }
        default -> note(places, place, type(token));
      }
    }
    return places;
  }

  /** After a closed item of a list comes the next one; in an object, a name comes first. */
  private static String itemOf(JsonParser parser, String above) {
    return parser.getParsingContext().inArray() ? above + "[]" : above;
  }

  private static void note(Set<String> places, String place, String type) {
    if (places.size() < MOST_PLACES) {
      places.add(place + ":" + type);
    }
  }

  private static String name(String written) {
    return FIXED_NAME.matcher(written).matches() ? written : "*";
  }

  private static String type(JsonToken token) {
    return switch (token) {
      case VALUE_STRING -> "text";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number";
      case VALUE_TRUE, VALUE_FALSE -> "truth";
      default -> "null";
    };
  }
}
