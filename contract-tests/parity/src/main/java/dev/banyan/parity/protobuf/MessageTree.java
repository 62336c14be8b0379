package dev.banyan.parity.protobuf;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.banyan.parity.json.Json;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.protobuf.DescriptorSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes an object of a message that is read whole. Its members have the names of the fields as the
 * .proto writes them; an extension stands under {@code [its.full.name]}, an unknown field under its
 * tag. Fields with presence are there where they are set; all others always are, with their
 * defaults, as a client cannot tell an unset one from one that is set to its default.
 */
final class MessageTree {
  private static final int OBJECT = 64;
  private static final int MEMBER = 24;
  private static final int REFERENCE = 4;
  private static final Json NOTHING = Json.Obj.of(List.of());

  private final WellKnown wellKnown;
  private final CompareProfile.Arrays arrays;
  private final Room room;
  private final Json emptyList;
  private final Map<FieldDescriptor, Json.Member> defaults = new HashMap<>();

  MessageTree(MessageReader reader, DescriptorSet set, CompareProfile.Arrays arrays, Room room) {
    this.wellKnown = new WellKnown(reader, set);
    this.arrays = arrays;
    this.room = room;
    this.emptyList = Json.Arr.of(List.of(), arrays);
  }

  Json of(Slots slots) {
    room.enter();
    List<Json.Member> members = new ArrayList<>();
    for (FieldDescriptor field : slots.type.getFields()) {
      member(slots, field, field.getName(), members);
    }
    for (FieldDescriptor extension : slots.extensions()) {
      member(slots, extension, "[" + extension.getFullName() + "]", members);
    }
    members.addAll(UnknownValue.members(slots.unknown()));
    room.take(OBJECT + (long) REFERENCE * members.size());
    Json json = wellKnown.json(slots.type, Json.Obj.of(List.copyOf(members)));
    room.leave();
    return json;
  }

  private void member(Slots slots, FieldDescriptor field, String name, List<Json.Member> members) {
    Json value = value(slots, field);
    if (value != null) {
      room.take(MEMBER);
      members.add(new Json.Member(name, value));
    } else if (field.isRepeated() || !field.hasPresence()) {
      members.add(defaults.computeIfAbsent(field, f -> new Json.Member(f.getName(), fallback(f))));
    }
  }

  private @Nullable Json value(Slots slots, FieldDescriptor field) {
    if (field.isMapField()) {
      Map<String, Json> map = slots.map(field);
      return map.isEmpty() ? null : object(map);
    }
    if (field.isRepeated()) {
      List<Json> list = slots.list(field);
      return list.isEmpty() ? null : Json.Arr.of(list, arrays);
    }
    Slots filled = slots.filled(field);
    return filled == null ? slots.value(field) : of(filled);
  }

  private Json object(Map<String, Json> map) {
    List<Json.Member> members = new ArrayList<>(map.size());
    map.forEach((key, value) -> members.add(new Json.Member(key, value)));
    room.take(OBJECT + (long) MEMBER * members.size());
    return Json.Obj.of(members);
  }

  /** What a field without presence has where it is not set. */
  private Json fallback(FieldDescriptor field) {
    if (field.isMapField()) {
      return NOTHING;
    }
    if (field.isRepeated()) {
      return emptyList;
    }
    return switch (field.getJavaType()) {
      case BOOLEAN -> Json.Word.FALSE;
      case STRING -> Json.Text.of("");
      case BYTE_STRING -> Json.Text.of("0x");
      case ENUM -> Json.Text.of(((EnumValueDescriptor) field.getDefaultValue()).getName());
      case INT, LONG, FLOAT, DOUBLE -> Scalars.number(0, room);
      case MESSAGE -> of(new Slots(field.getMessageType()));
    };
  }

  /** The key of a map's entry as the name of a member. */
  String key(Slots entry) {
    FieldDescriptor field = entry.type.findFieldByNumber(1);
    Json key = entry.value(field);
    return switch (key == null ? fallback(field) : key) {
      case Json.Text text -> text.value();
      case Json.Num number -> number.lexeme();
      case Json.Word word -> word == Json.Word.TRUE ? "true" : "false";
      // Bytes that are no UTF-8, in hex; no text of UTF-8 in a message of .proto begins so.
      case Json.Obj hex -> "\uFFFF" + ((Json.Text) hex.members().getFirst().value()).value();
      case Json.Arr list -> throw new IllegalArgumentException("a list as a key: " + field);
    };
  }

  /** Its value; the whole entry where it holds more than that. */
  Json entryValue(Slots entry) {
    if (!entry.unknown().isEmpty()) {
      return of(entry);
    }
    FieldDescriptor field = entry.type.findFieldByNumber(2);
    Json value = value(entry, field);
    return value == null ? fallback(field) : value;
  }
}
