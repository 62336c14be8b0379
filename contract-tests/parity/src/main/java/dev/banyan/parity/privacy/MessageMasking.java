package dev.banyan.parity.privacy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.banyan.parity.Body;
import dev.banyan.parity.json.Json;
import dev.banyan.parity.json.JsonText;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.protobuf.DescriptorSet;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Masks messages of protobuf as they were read. Fields that have a name and a text or a number are
 * masked as those of JSON. What has no name (all fields where no type is known, and those that the
 * type does not know) and what is in hex may hold anything, and nobody recognises it: a fingerprint
 * stands for it, whatever it looks like.
 */
final class MessageMasking {
  /** Chars of what is kept of one body. */
  private static final int LARGEST = 1 << 20;

  /** Read as a text of their own. */
  private static final Set<String> TIMES =
      Set.of("google.protobuf.Timestamp", "google.protobuf.Duration");

  private static final String ANY = "google.protobuf.Any";
  private static final String TRAILERS = "trailers";

  /** How a key begins that is no UTF-8; hex follows. */
  private static final String NO_TEXT = "\uFFFF";

  private final Contents contents;

  MessageMasking(Contents contents) {
    this.contents = contents;
  }

  /** Empty where too much would be kept. */
  Optional<Body.Messages> mask(MessagePair pair, Json side) {
    Pass pass = new Pass(pair.set());
    Json named =
        pair.root().equals("$")
            ? pass.message(side, pair.type())
            : each(side, item -> pass.item(item, pair.type()));
    String text = JsonText.indented(named, LARGEST);
    return text.length() > LARGEST
        ? Optional.empty()
        : Optional.of(
            new Body.Messages(
                pair.root(),
                contents.json(text, pair.root()),
                pair.type().map(Descriptor::getFullName).orElse("")));
  }

  private static Json each(Json json, UnaryOperator<Json> change) {
    return switch (json) {
      case Json.Arr arr ->
          Json.Arr.of(arr.items().stream().map(change).toList(), CompareProfile.Arrays.ORDERED);
      case Json.Obj obj -> members(obj, (name, value) -> change.apply(value));
      default -> json;
    };
  }

  private static Json members(Json.Obj obj, Change change) {
    return Json.Obj.of(
        obj.members().stream()
            .map(one -> new Json.Member(one.name(), change.of(one.name(), one.value())))
            .toList());
  }

  private interface Change {
    Json of(String name, Json value);
  }

  /** Whatever it holds; its form stays. */
  private Json opaque(Json json) {
    Pseudonyms pseudonyms = contents.pseudonyms();
    return switch (json) {
      case Json.Text text ->
          text.value().isEmpty() ? text : Json.Text.of(fingerprint(text.value()));
      case Json.Num num -> Json.Num.of(pseudonyms.ofNumber(num.lexeme()));
      case Json.Word word when word == Json.Word.NULL -> word;
      case Json.Word word ->
          pseudonyms.of(word == Json.Word.TRUE) ? Json.Word.TRUE : Json.Word.FALSE;
      case Json.Arr arr -> each(arr, this::opaque);
      case Json.Obj obj -> each(obj, this::opaque);
    };
  }

  private String fingerprint(String text) {
    return "(" + contents.pseudonyms().fingerprint(text.getBytes(StandardCharsets.UTF_8)) + ")";
  }

  private Json trailers(Json.Obj fields) {
    return members(
        fields,
        (name, value) ->
            value instanceof Json.Text text && contents.names().isPrivateHeader(name)
                ? Json.Text.of(contents.pseudonyms().of(text.value()))
                : value);
  }

  /** One body, with the set that its types stand in. */
  private final class Pass {
    private final Optional<DescriptorSet> set;

    Pass(Optional<DescriptorSet> set) {
      this.set = set;
    }

    /** One of a stream: a message, or the trailers of gRPC-Web. */
    Json item(Json json, Optional<Descriptor> type) {
      if (json instanceof Json.Obj frame
          && frame.members().size() == 1
          && frame.first(TRAILERS) instanceof Json.Obj fields
          && type.map(known -> known.findFieldByName(TRAILERS)).isEmpty()) {
        return members(frame, (name, value) -> trailers(fields));
      }
      return message(json, type);
    }

    Json message(Json json, Optional<Descriptor> type) {
      if (type.isEmpty()) {
        return json instanceof Json.Obj frame
            ? members(frame, (name, v) -> name.equals("compressed") ? v : opaque(v))
            : opaque(json);
      }
      String name = type.get().getFullName();
      if (json instanceof Json.Text text) {
        // Only what could not be read begins with a bracket.
        return TIMES.contains(name) && !text.value().startsWith("(") ? text : opaque(text);
      }
      if (!(json instanceof Json.Obj obj)) {
        return opaque(json);
      }
      if (name.equals(ANY)) {
        return any(obj);
      }
      return members(
          obj,
          (member, value) -> {
            FieldDescriptor field = type.get().findFieldByName(member);
            return field == null ? opaque(value) : field(value, field);
          });
    }

    private Json any(Json.Obj any) {
      Optional<Descriptor> held =
          any.first("type_url") instanceof Json.Text url
              ? set.flatMap(
                  types -> types.message(url.value().substring(url.value().lastIndexOf('/') + 1)))
              : Optional.empty();
      return members(
          any,
          (name, value) ->
              switch (name) {
                case "type_url" -> value;
                case "value" -> held.isPresent() ? message(value, held) : opaque(value);
                default -> opaque(value);
              });
    }

    private Json field(Json json, FieldDescriptor field) {
      if (field.isMapField()) {
        return json instanceof Json.Obj map
            ? map(map, field.getMessageType().findFieldByNumber(2))
            : opaque(json);
      }
      if (field.isRepeated()) {
        return json instanceof Json.Arr list
            ? each(list, item -> single(item, field))
            : opaque(json);
      }
      return single(json, field);
    }

    private Json map(Json.Obj map, FieldDescriptor values) {
      return Json.Obj.of(
          map.members().stream()
              .map(
                  entry ->
                      new Json.Member(
                          entry.name().startsWith(NO_TEXT)
                              ? fingerprint(entry.name())
                              : entry.name(),
                          single(entry.value(), values)))
              .toList());
    }

    private Json single(Json json, FieldDescriptor field) {
      boolean nested = json instanceof Json.Obj || json instanceof Json.Arr;
      return switch (field.getJavaType()) {
        case MESSAGE -> message(json, Optional.of(field.getMessageType()));
        case BYTE_STRING -> opaque(json);
        case STRING, INT, LONG, FLOAT, DOUBLE, BOOLEAN, ENUM -> nested ? opaque(json) : json;
      };
    }
  }
}
