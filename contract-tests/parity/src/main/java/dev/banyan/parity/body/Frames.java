package dev.banyan.parity.body;

import dev.banyan.parity.json.Json;
import dev.banyan.rules.CompareProfile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** gRPC's length-prefixed messages: a byte for compression, four for the length, the message. */
final class Frames {
  private static final int PREFIX = 5;

  private Frames() {}

  /**
   * One object for each message: its fields, or its bytes in hex where it is packed or no message
   * of protobuf; empty where the frames do not add up.
   */
  static Optional<Json> read(byte[] bytes) {
    List<Json> messages = new ArrayList<>();
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.remaining() >= PREFIX) {
      boolean compressed = rest.get() != 0;
      int length = rest.getInt();
      if (length < 0 || length > rest.remaining()) {
        return Optional.empty();
      }
      byte[] message = Arrays.copyOfRange(bytes, rest.position(), rest.position() + length);
      rest.position(rest.position() + length);
      messages.add(message(compressed, message));
    }
    return rest.hasRemaining()
        ? Optional.empty()
        : Optional.of(Json.Arr.of(messages, CompareProfile.Arrays.ORDERED));
  }

  private static Json message(boolean compressed, byte[] message) {
    Optional<Json> fields = compressed ? Optional.empty() : WireFields.read(message);
    return Json.Obj.of(
        List.of(
            new Json.Member("compressed", compressed ? Json.Word.TRUE : Json.Word.FALSE),
            fields
                .map(read -> new Json.Member("fields", read))
                .orElseGet(
                    () ->
                        new Json.Member(
                            "bytes", Json.Text.of(HexFormat.of().formatHex(message))))));
  }
}
