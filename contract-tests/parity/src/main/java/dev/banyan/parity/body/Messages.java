package dev.banyan.parity.body;

import com.google.protobuf.Descriptors.Descriptor;
import dev.banyan.parity.json.Json;
import dev.banyan.parity.protobuf.MessageReader;
import dev.banyan.parity.protobuf.Room;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.ProtobufTypes;
import dev.banyan.rules.protobuf.DescriptorSet;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Bodies that are messages of protobuf, one or a stream of them, read by the types of a set. */
final class Messages {
  private static final Set<String> PLAIN =
      Set.of(
          "application/protobuf",
          "application/x-protobuf",
          "application/x-google-protobuf",
          "application/vnd.google.protobuf");

  /** {@code application/grpc+json} and others carry no protobuf. */
  private static final Set<String> GRPC =
      Set.of(
          "application/grpc",
          "application/grpc+proto",
          "application/grpc-web",
          "application/grpc-web+proto");

  private static final List<String> TYPE_PARAMETERS = List.of("messagetype", "proto", "type");

  private final ProtobufTypes types;
  private final CompareProfile.Arrays arrays;

  Messages(ProtobufTypes types, CompareProfile.Arrays arrays) {
    this.types = types;
    this.arrays = arrays;
  }

  /**
   * The type of a body's messages: for gRPC by the method that was called, else the one that the
   * media type or the profile names.
   *
   * @param target of the request
   */
  Optional<Descriptor> type(MediaType media, String target) {
    DescriptorSet set = types.set();
    if (isGrpc(media)) {
      return set.answerTo(target);
    }
    return isPlain(media)
        ? TYPE_PARAMETERS.stream()
            .flatMap(name -> Optional.ofNullable(media.parameters().get(name)).stream())
            .findFirst()
            .map(set::messageInAnyCase)
            .orElseGet(() -> types.message().flatMap(set::message))
        : Optional.empty();
  }

  /** One message, and nothing around it. */
  static boolean isPlain(MediaType media) {
    return PLAIN.contains(media.essence());
  }

  private static boolean isGrpc(MediaType media) {
    return GRPC.contains(media.essence());
  }

  Model read(MediaType media, Descriptor type, Content content) {
    MessageReader reader = new MessageReader(types.set(), arrays, new Room(content.bytes().length));
    try {
      if (!isGrpc(media)) {
        return new Model.Values("$", reader.read(content.bytes(), type));
      }
      return Frame.read(content.bytes(), message -> message(reader, type, message), arrays)
          .<Model>map(stream -> new Model.Values("messages", stream))
          .orElseGet(Model.Bytes::new);
    } catch (IOException noMessage) {
      return new Model.Bytes();
    } catch (Room.Exhausted exhausted) {
      return new Model.Refused(exhausted.reason());
    }
  }

  /** What is no message of its type is one text, which says so: one difference, not many. */
  private static Json message(MessageReader reader, Descriptor type, byte[] message) {
    try {
      return reader.read(message, type);
    } catch (IOException noMessage) {
      return Json.Text.of("(no " + type.getFullName() + ") " + HexFormat.of().formatHex(message));
    }
  }
}
