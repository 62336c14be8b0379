package dev.banyan.parity.body;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Undoes the compression of single messages of gRPC ({@code grpc-encoding}), within the bounds of a
 * content coding: which messages a server packs says nothing about them.
 */
public final class MessageCoding {
  private MessageCoding() {}

  /**
   * The same frames with unpacked messages; what cannot be unpacked stays as it is.
   *
   * @param codings as {@link ContentCoding#codings} gives them
   */
  public static ContentCoding.Outcome decode(List<String> codings, byte[] bytes) {
    Optional<List<Frame>> frames = codings.isEmpty() ? Optional.empty() : Frame.of(bytes);
    if (frames.isEmpty() || frames.get().stream().noneMatch(Frame::isCompressed)) {
      return new ContentCoding.Outcome.Decoded(bytes);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Frame frame : frames.get()) {
      Frame plain = frame;
      if (frame.isCompressed()) {
        switch (ContentCoding.decode(codings, frame.message())) {
          case ContentCoding.Outcome.Decoded(byte[] message) -> plain = new Frame(0, message);
          case ContentCoding.Outcome.TooLarge tooLarge -> {
            return tooLarge;
          }
          case ContentCoding.Outcome.Unreadable unreadable -> {}
        }
      }
      if (out.size() + plain.message().length > ContentCoding.MAX_DECODED) {
        return new ContentCoding.Outcome.TooLarge();
      }
      ByteBuffer prefix = ByteBuffer.allocate(Frame.PREFIX);
      out.writeBytes(prefix.put((byte) plain.flags()).putInt(plain.message().length).array());
      out.writeBytes(plain.message());
    }
    return new ContentCoding.Outcome.Decoded(out.toByteArray());
  }
}
