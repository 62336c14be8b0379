package dev.banyan.parity.body;

import dev.banyan.parity.json.Json;
import dev.banyan.rules.CompareProfile.Arrays;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** gRPC's length-prefixed messages: a byte for compression, four for the length, the message. */
final class Frames {
  private static final int PREFIX = 5;

  private Frames() {}

  /** One object for each message, its bytes in hex; empty where the frames do not add up. */
  static Optional<Json> read(byte[] bytes) {
    List<Json> messages = new ArrayList<>();
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.remaining() >= PREFIX) {
      boolean compressed = rest.get() != 0;
      int length = rest.getInt();
      if (length < 0 || length > rest.remaining()) {
        return Optional.empty();
      }
      String hex = HexFormat.of().formatHex(bytes, rest.position(), rest.position() + length);
      rest.position(rest.position() + length);
      messages.add(
          Json.Obj.of(
              List.of(
                  new Json.Member("compressed", compressed ? Json.Word.TRUE : Json.Word.FALSE),
                  new Json.Member("bytes", Json.Text.of(hex)))));
    }
    return rest.hasRemaining()
        ? Optional.empty()
        : Optional.of(Json.Arr.of(messages, Arrays.ORDERED));
  }
}
