package dev.banyan.parity.body;

import dev.banyan.parity.align.Deadline;
import dev.banyan.parity.json.Json;
import dev.banyan.rules.CompareProfile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * gRPC's length-prefixed messages: a byte of flags, four for the length, the message.
 *
 * @param flags the lowest bit says that it is compressed, the highest one (gRPC-Web) that it holds
 *     the trailers
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Frame(int flags, byte[] message) {
  static final int PREFIX = 5;
  private static final int COMPRESSED = 0x01;
  private static final int TRAILERS = 0x80;

  boolean isCompressed() {
    return (flags & COMPRESSED) != 0;
  }

  /** Empty where the frames do not add up. */
  static Optional<List<Frame>> of(byte[] bytes) {
    List<Frame> frames = new ArrayList<>();
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.remaining() >= PREFIX) {
      Deadline.step();
      int flags = rest.get() & 0xFF;
      int length = rest.getInt();
      if (length < 0 || length > rest.remaining()) {
        return Optional.empty();
      }
      int from = rest.position();
      frames.add(new Frame(flags, Arrays.copyOfRange(bytes, from, from + length)));
      rest.position(from + length);
    }
    return rest.hasRemaining() ? Optional.empty() : Optional.of(frames);
  }

  /**
   * One object for each message: its fields by tag, or its bytes in hex where it is packed or no
   * message of protobuf; empty where the frames do not add up.
   */
  static Optional<Json> read(byte[] bytes) {
    return of(bytes).map(frames -> list(frames, Frame::byTag, CompareProfile.Arrays.ORDERED));
  }

  /** One value for each message, as a reader of its type makes it. */
  static Optional<Json> read(
      byte[] bytes, Function<byte[], Json> reader, CompareProfile.Arrays arrays) {
    return of(bytes)
        .map(
            frames ->
                list(
                    frames, f -> f.isCompressed() ? f.byTag() : reader.apply(f.message()), arrays));
  }

  private static Json list(
      List<Frame> frames, Function<Frame, Json> reader, CompareProfile.Arrays arrays) {
    List<Json> messages = new ArrayList<>(frames.size());
    for (Frame frame : frames) {
      messages.add((frame.flags & TRAILERS) != 0 ? frame.trailers() : reader.apply(frame));
    }
    return Json.Arr.of(messages, arrays);
  }

  private Json byTag() {
    Optional<Json> fields = isCompressed() ? Optional.empty() : WireFields.read(message);
    return Json.Obj.of(
        List.of(
            new Json.Member("compressed", isCompressed() ? Json.Word.TRUE : Json.Word.FALSE),
            fields
                .map(read -> new Json.Member("fields", read))
                .orElseGet(
                    () ->
                        new Json.Member(
                            "bytes", Json.Text.of(HexFormat.of().formatHex(message))))));
  }

  private Json trailers() {
    List<Json.Member> fields = new ArrayList<>();
    for (String line : new String(message, StandardCharsets.ISO_8859_1).lines().toList()) {
      int colon = line.indexOf(':');
      String name = line.substring(0, Math.max(0, colon)).strip().toLowerCase(Locale.ROOT);
      fields.add(new Json.Member(name, Json.Text.of(line.substring(colon + 1).strip())));
    }
    return Json.Obj.of(List.of(new Json.Member("trailers", Json.Obj.of(fields))));
  }
}
