package dev.banyan.proxy.outgoing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Requests as bytes (RFC 9112), one after the other. Fields and target were let through by the
 * edge's gate, and pass as the bytes they came as.
 */
final class RequestWriter implements Copy.Fields {
  private static final int USUAL_SIZE = 1024;

  /** A body up to here is copied behind its head, for one write; a longer one goes as it is. */
  private static final int SMALL_BODY = 16 * 1024;

  private static final byte[] VERSION = ascii(" HTTP/1.1\r\n");
  private static final byte[] COLON = ascii(": ");
  private static final byte[] LINE_END = ascii("\r\n");
  private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
  private static final byte[] NO_CHUNK = ascii("0\r\n\r\n");
  private static final byte[] END_OF_CHUNKS = ascii("\r\n0\r\n\r\n");
  private static final byte[] NOTHING = {};

  private final String authority;

  /** Filled here, then copied at once, which is far cheaper than byte by byte beyond the heap. */
  private byte[] head = new byte[USUAL_SIZE];

  private int length;
  private boolean hasHost;
  private boolean hasLength;

  /**
   * @param authority for a request without Host, as of a request of HTTP/1.0
   */
  RequestWriter(String authority) {
    this.authority = authority;
  }

  /** All of a request. */
  ByteBuf write(Copy copy, ByteBufAllocator allocator) {
    byte[] body = copy.body();
    begin(copy.method(), copy.target());
    copy.fields(this);
    end(copy.isChunked(), body.length);
    ByteBuf all = body.length == 0 ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body);
    return part(all, copy.isChunked(), true, allocator);
  }

  /**
   * The head, which goes with the next part.
   *
   * @param length of all of the body where it is known and no field tells it yet, else 0
   */
  void head(String method, String target, MultiMap fields, boolean chunked, int length) {
    begin(method, target);
    for (Map.Entry<String, String> field : fields) {
      add(field.getKey(), field.getValue());
    }
    end(chunked, length);
  }

  /** The next part comes without a head; there may be half of one that could not be written. */
  void noHead() {
    length = 0;
  }

  /** A part of the body, empty only at its end or with the head, and the head where it waits. */
  ByteBuf part(ByteBuf body, boolean chunked, boolean last, ByteBufAllocator allocator) {
    int size = body.readableBytes();
    if (chunked && size > 0) {
      text(Integer.toHexString(size));
      bytes(LINE_END);
    }
    byte[] end = chunked ? endOfChunk(size, last) : NOTHING;
    int before = length;
    length = 0;
    if (size <= SMALL_BODY) {
      return allocator
          .directBuffer(before + size + end.length)
          .writeBytes(head, 0, before)
          .writeBytes(body)
          .writeBytes(end);
    }
    ByteBuf first = allocator.directBuffer(before).writeBytes(head, 0, before);
    return Unpooled.wrappedBuffer(first, body, Unpooled.wrappedBuffer(end));
  }

  private static byte[] endOfChunk(int size, boolean last) {
    if (size == 0) {
      return last ? NO_CHUNK : NOTHING;
    }
    return last ? END_OF_CHUNKS : LINE_END;
  }

  private void begin(String method, String target) {
    length = 0;
    hasHost = false;
    hasLength = false;
    text(method);
    text(" ");
    bytes(target.getBytes(StandardCharsets.UTF_8));
    bytes(VERSION);
  }

  private void end(boolean chunked, int bodyLength) {
    if (!hasHost) {
      add("Host", authority);
    }
    if (chunked) {
      bytes(CHUNKED);
    } else if (bodyLength > 0 && !hasLength) {
      add("Content-Length", Integer.toString(bodyLength));
    }
    bytes(LINE_END);
  }

  @Override
  public void add(String name, String value) {
    hasHost |= name.length() == 4 && name.equalsIgnoreCase("host");
    hasLength |= name.length() == 14 && name.equalsIgnoreCase("content-length");
    text(name);
    bytes(COLON);
    text(value);
    bytes(LINE_END);
  }

  /** One byte for each char, as fields are read. */
  private void text(String text) {
    int count = text.length();
    byte[] to = roomFor(count);
    int at = length;
    for (int i = 0; i < count; i++) {
      to[at + i] = AsciiString.c2b(text.charAt(i));
    }
    length = at + count;
  }

  private void bytes(byte[] bytes) {
    System.arraycopy(bytes, 0, roomFor(bytes.length), length, bytes.length);
    length += bytes.length;
  }

  private byte[] roomFor(int count) {
    if (count > head.length - length) {
      head = Arrays.copyOf(head, Math.max(2 * head.length, length + count));
    }
    return head;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
