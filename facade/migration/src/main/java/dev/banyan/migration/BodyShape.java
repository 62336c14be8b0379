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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The structure of a JSON body without its values: {@code body 1f3a09c2}. Places and types, a
 * list's items all at one place; names that look like data (they hold digits first, signs, or are
 * long) count as one name, so that an object keyed by ids has one shape.
 */
public final class BodyShape {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int LONGEST_NAME = 100;
  static final int MOST_PLACES = 512;
  static final int DEEPEST = 32;

  /** By structure: most bodies look like one before, and their places need not be written out. */
  private static final ConcurrentMap<Long, String> KNOWN = new ConcurrentHashMap<>();

  private static final int MOST_KNOWN = 4096;

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
      long structure = JsonStructure.of(parser);
      if (structure == JsonStructure.NONE) {
        return Optional.empty();
      }
      String known = KNOWN.get(structure);
      return Optional.of(known != null ? known : learnt(structure, bytes));
    } catch (IOException noJson) {
      return Optional.empty();
    }
  }

  private static String learnt(long structure, byte[] bytes) throws IOException {
    String shape = writtenOut(bytes);
    if (KNOWN.size() >= MOST_KNOWN) {
      KNOWN.clear();
    }
    KNOWN.put(structure, shape);
    return shape;
  }

  static String writtenOut(byte[] bytes) throws IOException {
    try (JsonParser parser = JSON.createParser(bytes)) {
      FieldHash hash = new FieldHash();
      places(parser).forEach(hash::add);
      return "body " + hash.hex().substring(0, 8);
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
          note(places, place, type(token));
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
    return isFixed(written) ? written : "*";
  }

  /** Whether a name is one that programs give: {@code [A-Za-z_$@][A-Za-z0-9_$@-]{0,99}}. */
  static boolean isFixed(String name) {
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean anywhere =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || c == '@';
      if (!anywhere && (i == 0 || !(c == '-' || (c >= '0' && c <= '9')))) {
        return false;
      }
    }
    return true;
  }

  static String type(JsonToken token) {
    return switch (token) {
      case START_ARRAY -> "list";
      case START_OBJECT -> "object";
      case VALUE_STRING -> "text";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number";
      case VALUE_TRUE, VALUE_FALSE -> "truth";
      default -> "null";
    };
  }
}
