package dev.banyan.parity.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import dev.banyan.parity.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A message while it is read. Fields may come in any order and more than once: of a value the last
 * one counts, messages are merged, the last one of a oneof puts the others out
 * (protobuf.dev/programming-guides/encoding, "Last One Wins").
 */
final class Slots {
  final Descriptor type;
  private final Map<FieldDescriptor, Json> values = new HashMap<>();
  private final Map<FieldDescriptor, Slots> messages = new HashMap<>();
  private final Map<FieldDescriptor, List<Json>> lists = new HashMap<>();
  private final Map<FieldDescriptor, Map<String, Json>> maps = new HashMap<>();
  private final Map<Integer, List<Json>> unknown = new TreeMap<>();

  Slots(Descriptor type) {
    this.type = type;
  }

  void set(FieldDescriptor field, Json value) {
    alone(field);
    values.put(field, value);
  }

  void add(FieldDescriptor field, Json value) {
    lists.computeIfAbsent(field, first -> new ArrayList<>()).add(value);
  }

  void put(FieldDescriptor field, String key, Json value) {
    maps.computeIfAbsent(field, first -> new LinkedHashMap<>()).put(key, value);
  }

  /** The message of a field, to be filled: the one that is there already, or a new one. */
  Slots message(FieldDescriptor field) {
    alone(field);
    return messages.computeIfAbsent(field, first -> new Slots(first.getMessageType()));
  }

  void addUnknown(int tag, Json value) {
    unknown.computeIfAbsent(tag, first -> new ArrayList<>(1)).add(value);
  }

  private void alone(FieldDescriptor field) {
    OneofDescriptor oneof = field.getRealContainingOneof();
    if (oneof != null) {
      for (FieldDescriptor other : oneof.getFields()) {
        if (!other.equals(field)) {
          values.remove(other);
          messages.remove(other);
        }
      }
    }
  }

  @Nullable Json value(FieldDescriptor field) {
    return values.get(field);
  }

  @Nullable Slots filled(FieldDescriptor field) {
    return messages.get(field);
  }

  List<Json> list(FieldDescriptor field) {
    return lists.getOrDefault(field, List.of());
  }

  Map<String, Json> map(FieldDescriptor field) {
    return maps.getOrDefault(field, Map.of());
  }

  /** Those that are there, by number. */
  List<FieldDescriptor> extensions() {
    List<FieldDescriptor> found = new ArrayList<>();
    for (Map<FieldDescriptor, ?> kind : List.of(values, messages, lists, maps)) {
      kind.keySet().stream().filter(FieldDescriptor::isExtension).forEach(found::add);
    }
    found.sort(java.util.Comparator.comparingInt(FieldDescriptor::getNumber));
    return found;
  }

  Map<Integer, List<Json>> unknown() {
    return unknown;
  }
}
