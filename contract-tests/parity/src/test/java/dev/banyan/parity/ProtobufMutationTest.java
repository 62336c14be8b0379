package dev.banyan.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.banyan.rules.CompareProfile;
import java.io.IOException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random messages: every change is found where it is, and other encodings are no change. */
class ProtobufMutationTest {
  private static final Comparer STRICT = Comparer.of(Orders.profile(CompareProfile.STRICT));

  @Property(tries = 5000)
  void everyChangeIsReportedAtItsPlace(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    DynamicMessage order = RandomOrders.order(random);
    OrderMutation mutation = OrderMutation.of(order, "messages[*]", random);
    byte[] control = new Reencoding(random).of(order.toByteArray(), Orders.ORDER);
    byte[] candidate = new Reencoding(random).of(mutation.changed().toByteArray(), Orders.ORDER);

    Comparison comparison =
        STRICT.compare(Orders.GET, Orders.stream(control), Orders.stream(candidate));

    assertThat(Answers.differences(comparison))
        .as("%s -> %s", order, mutation.changed())
        .containsExactly(mutation.expected());
  }

  @Property(tries = 5000)
  void whatMeansTheSameIsNotReported(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    DynamicMessage order = RandomOrders.order(random);
    byte[] control = order.toByteArray();
    byte[] candidate = new Reencoding(random).of(control, Orders.ORDER);
    assertThat(DynamicMessage.parseFrom(Orders.ORDER, candidate)).isEqualTo(order);

    Comparison comparison =
        STRICT.compare(Orders.GET, Orders.stream(control), Orders.stream(candidate));

    assertThat(Answers.differences(comparison)).isEmpty();
  }

  /** Bytes of an Any may differ and mean the same, so it is left out. */
  @Property(tries = 5000)
  void whatAnotherParserCallsDifferentIsReported(@ForAll long seed) {
    Random random = new Random(seed);
    DynamicMessage order =
        RandomOrders.order(random).toBuilder()
            .clearField(Orders.ORDER.findFieldByName("detail"))
            .build();
    byte[] damaged = order.toByteArray();
    if (damaged.length == 0) {
      return;
    }
    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
    DynamicMessage other;
    try {
      other = DynamicMessage.parseFrom(Orders.ORDER, damaged);
    } catch (InvalidProtocolBufferException noMessage) {
      return;
    }

    Comparison comparison =
        STRICT.compare(Orders.GET, Orders.stream(order.toByteArray()), Orders.stream(damaged));

    if (!other.equals(order)) {
      assertThat(Answers.differences(comparison)).as("%s -> %s", order, other).isNotEmpty();
    }
  }
}
