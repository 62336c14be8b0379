package dev.banyan.parity;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * One change of a message, and where it is to be found.
 *
 * @param expected as {@code location kind}
 */
record OrderMutation(Message changed, String expected) {
  /** What is compared as one value. */
  private static final Set<String> LEAVES =
      Set.of("google.protobuf.Timestamp", "google.protobuf.Duration", "google.protobuf.Any");

  static OrderMutation of(Message message, String at, Random random) {
    while (true) {
      List<FieldDescriptor> fields = message.getDescriptorForType().getFields();
      FieldDescriptor field = fields.get(random.nextInt(fields.size()));
      Message.Builder builder = message.toBuilder();
      String place = Location.member(at, field.getName());
      String expected =
          field.isMapField()
              ? map(builder, field, place, random)
              : field.isRepeated()
                  ? list(builder, field, place, random)
                  : single(builder, field, place, random);
      if (!expected.isEmpty()) {
        return new OrderMutation(builder.build(), expected);
      }
    }
  }

  /** Each of these says nothing where the change would be none, or one in two places. */
  private static String single(
      Message.Builder builder, FieldDescriptor field, String place, Random random) {
    if (!field.hasPresence()) {
      Object before = builder.getField(field);
      Object after = RandomOrders.value(field, random, 2);
      builder.setField(field, after);
      return before.equals(after) ? "" : place + " value";
    }
    if (!builder.hasField(field)) {
      boolean another =
          field.getRealContainingOneof() != null
              && builder.hasOneof(field.getRealContainingOneof());
      builder.setField(field, RandomOrders.value(field, random, 2));
      return another ? "" : place + " extra";
    }
    if (random.nextInt(3) == 0) {
      builder.clearField(field);
      return place + " missing";
    }
    Change change = change(field, builder.getField(field), place, random);
    builder.setField(field, change.value());
    return change.expected();
  }

  private static String list(
      Message.Builder builder, FieldDescriptor field, String place, Random random) {
    List<Object> items = new ArrayList<>((List<?>) builder.getField(field));
    int at = random.nextInt(items.size() + 1);
    String expected;
    if (at == items.size() || random.nextInt(4) == 0) {
      items.add(at, RandomOrders.value(field, random, 2));
      expected = place + "[*] extra";
    } else if (random.nextInt(3) == 0) {
      items.remove(at);
      expected = place + "[*] missing";
    } else {
      Change change = change(field, items.get(at), place + "[*]", random);
      items.set(at, change.value());
      expected = change.expected();
    }
    builder.setField(field, items);
    return expected;
  }

  private static String map(
      Message.Builder builder, FieldDescriptor field, String place, Random random) {
    List<Object> entries = new ArrayList<>((List<?>) builder.getField(field));
    int at = random.nextInt(entries.size() + 1);
    String expected;
    if (at == entries.size()) {
      Message entry = RandomOrders.entry(field, random, 2);
      Object key = RandomOrders.key(entry);
      boolean there = entries.stream().anyMatch(e -> RandomOrders.key((Message) e).equals(key));
      entries.add(entry);
      expected = there ? "" : Location.member(place, key.toString()) + " extra";
    } else {
      Message entry = (Message) entries.get(at);
      String member = Location.member(place, RandomOrders.key(entry).toString());
      if (random.nextBoolean()) {
        entries.remove(at);
        expected = member + " missing";
      } else {
        FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
        Change change = change(value, entry.getField(value), member, random);
        entries.set(at, entry.toBuilder().setField(value, change.value()).build());
        expected = change.expected();
      }
    }
    builder.setField(field, entries);
    return expected;
  }

  private record Change(Object value, String expected) {}

  private static Change change(FieldDescriptor field, Object before, String place, Random random) {
    if (before instanceof Message message
        && !LEAVES.contains(message.getDescriptorForType().getFullName())) {
      OrderMutation inner = of(message, place, random);
      return new Change(inner.changed(), inner.expected());
    }
    Object after = RandomOrders.value(field, random, 2);
    boolean any =
        before instanceof Message message && message.getDescriptorForType().getName().equals("Any");
    return new Change(after, any || before.equals(after) ? "" : place + " value");
  }
}
