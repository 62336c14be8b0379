package dev.banyan.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.CompareProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What messages may cost, and what is no message at all. */
class ProtobufLimitsTest {
  private static final Comparer STRICT = Comparer.of(Orders.profile(CompareProfile.STRICT));
  private static final int FREE = 16 << 20;

  @Test
  void moreLevelsThanJsonMayHaveAreTooDeep() {
    assertThat(compare(nested(150, 1), nested(150, 2))).isInstanceOf(Comparison.Mismatch.class);
    assertThat(compare(nested(250, 1), nested(250, 2)))
        .isEqualTo(new Comparison.Incomparable("too-deep"));
    assertThat(compare(nested(100_000, 1), nested(100_000, 2)))
        .isEqualTo(new Comparison.Incomparable("too-deep"));
  }

  @Test
  void groupsThatNobodyKnowsAreTooDeepToo() {
    byte[] groups = new byte[300_000];
    java.util.Arrays.fill(groups, (byte) 0x0b);

    assertThat(compare(groups, new byte[] {8, 1}))
        .isEqualTo(new Comparison.Incomparable("too-deep"));
  }

  @Test
  void treesTakeNoMoreThanTenTimesTheirMessages() {
    takes("empty messages", repeated(500_000, 0x22, 0));
    takes("packed numbers", packed(1_000_000));
    takes("unpacked numbers", repeated(400_000, 0x90, 1, 7));
    takes("short texts", repeated(300_000, 0xb2, 1, 1, 'a'));
    takes("unknown fields", repeated(300_000, 0xb8, 0x10, 5));
    takes("lines", lines(20_000));
    takes("merged messages", repeated(500_000, 0x32, 0));
  }

  @Test
  void aMegabyteOfSmallMessagesIsCompared() {
    byte[] control = lines(45_000);
    byte[] candidate = control.clone();
    candidate[control.length - 1]++;

    assertThat(control.length).isGreaterThan(1_000_000);
    assertThat(Answers.differences(compare(control, candidate)))
        .containsExactly("messages[*].lines[*].price.units value");
  }

  @Test
  void packedMessagesAreCompared() throws IOException {
    byte[] plain = Orders.order("id: 1 customer_name: 'abc'");
    Observation packed = packed(Orders.order("id: 2 customer_name: 'abc'"), "gzip");
    Observation same = packed(plain, "gzip");

    assertThat(Answers.differences(STRICT.compare(Orders.GET, Orders.stream(plain), same)))
        .isEmpty();
    assertThat(Answers.differences(STRICT.compare(Orders.GET, Orders.stream(plain), packed)))
        .containsExactly("messages[*].id value");
    // An encoding that is not known here.
    assertThat(
            Answers.differences(
                STRICT.compare(Orders.GET, Orders.stream(plain), packed(plain, "snappy"))))
        .isNotEmpty();
  }

  @Test
  void aBombIsTooLarge() throws IOException {
    assertThat(
            STRICT.compare(
                Orders.GET, packed(new byte[20 << 20], "gzip"), Orders.stream(new byte[1])))
        .isEqualTo(new Comparison.Incomparable("body-too-large"));
  }

  @Property(tries = 3000)
  void noBytesMakeItThrow(
      @ForAll @Size(max = 200) byte[] control, @ForAll @Size(max = 200) byte[] candidate) {
    assertThat(STRICT.compare(Orders.GET, Orders.stream(control), Orders.stream(candidate)))
        .isNotEqualTo(new Comparison.Incomparable("comparer-failed"));
  }

  @Property(tries = 3000)
  void noDamageMakesItThrow(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] whole = RandomOrders.order(random).toByteArray();
    byte[] damaged = whole.clone();
    for (int i = 0; i < 3 && damaged.length > 0; i++) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
    }

    assertThat(compare(whole, damaged))
        .isNotEqualTo(new Comparison.Incomparable("comparer-failed"));
  }

  private static Comparison compare(byte[] control, byte[] candidate) {
    return STRICT.compare(Orders.GET, Orders.stream(control), Orders.stream(candidate));
  }

  private static Observation packed(byte[] message, String coding) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(message);
    }
    byte[] frames = ((Body.Whole) Orders.stream(zipped.toByteArray()).body()).bytes();
    frames[0] = 1;
    return Answers.with(200, frames, "Content-Type", "application/grpc", "grpc-encoding", coding);
  }

  /** A line in a line in a line, as parts. */
  private static byte[] nested(int levels, int quantity) {
    byte[] inner = {0x10, (byte) quantity};
    byte[] all = new byte[levels * 6 + inner.length];
    int at = all.length - inner.length;
    System.arraycopy(inner, 0, all, at, inner.length);
    for (int i = 0; i < levels; i++) {
      int length = all.length - at;
      all[--at] = (byte) (length >>> 21);
      all[--at] = (byte) (length >>> 14 | 0x80);
      all[--at] = (byte) (length >>> 7 | 0x80);
      all[--at] = (byte) (length | 0x80);
      all[--at] = 0x22;
    }
    return java.util.Arrays.copyOfRange(all, at, all.length);
  }

  private static byte[] repeated(int times, int... bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      for (int b : bytes) {
        out.write(b);
      }
    }
    return out.toByteArray();
  }

  private static byte[] packed(int count) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x92, 1});
    for (int left = count; left > 0; left >>>= 7) {
      out.write(left >= 0x80 ? left | 0x80 : left);
    }
    out.writeBytes(new byte[count]);
    return out.toByteArray();
  }

  private static byte[] lines(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("lines { sku: 'AB-").append(i).append("' quantity: 3 price { currency: 'EUR'");
      text.append(" units: ").append(i % 100 + 1).append(" } }");
    }
    return Orders.order(text.toString());
  }

  private static void takes(String name, byte[] control) {
    byte[] candidate = java.util.Arrays.copyOf(control, control.length + 2);
    candidate[control.length] = 8;
    candidate[control.length + 1] = 1;
    Observation left = Orders.stream(control);
    Observation right = Orders.stream(candidate);
    long input = control.length + (long) candidate.length;
    long peak = PeakMemory.of(() -> STRICT.compare(Orders.GET, left, right));
    System.out.printf(
        "memory, %s: %.1f times the input of %d kB: %s%n",
        name, (double) peak / input, input >> 10, STRICT.compare(Orders.GET, left, right));
    assertThat(peak).as(name).isGreaterThan(0).isLessThan(10 * input + FREE);
  }
}
