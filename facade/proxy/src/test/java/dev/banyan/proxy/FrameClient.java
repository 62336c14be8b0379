package dev.banyan.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** A client of HTTP/2 that writes frames as it is told, right or wrong; chars are bytes. */
final class FrameClient implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int PRIORITY = 2;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  private static final int PRIORITY_GIVEN = 32;

  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;

  private final Socket socket;
  private final DataInputStream in;
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
  private final Map<Integer, String> statuses = new HashMap<>();
  private final Map<Integer, Long> resets = new HashMap<>();
  private boolean closed;
  private long goAway = -1;
  private final List<Integer> lastStreams = new ArrayList<>();
  private boolean answersPings = true;
  private final Set<Integer> endedStreams = new HashSet<>();
  private int ended;
  private int dataBytes;

  FrameClient(int port, byte[] settings) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream(), 65536));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ByteArrayOutputStream preface = new ByteArrayOutputStream();
    preface.writeBytes(latin("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
    preface.writeBytes(frame(SETTINGS, 0, 0, settings));
    send(preface.toByteArray());
  }

  static byte[] frame(int type, int flags, int stream, byte[] payload) {
    int n = payload.length;
    ByteArrayOutputStream out = new ByteArrayOutputStream(9 + n);
    for (int b :
        new int[] {
          n >> 16, n >> 8, n, type, flags, stream >> 24, stream >> 16, stream >> 8, stream
        }) {
      out.write(b);
    }
    out.writeBytes(payload);
    return out.toByteArray();
  }

  /** A header block of literals without indexing: name, value, name, value… */
  static byte[] block(String... fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < fields.length; i += 2) {
      out.write(0);
      for (int j = i; j < i + 2; j++) {
        out.writeBytes(integer(0, 7, fields[j].length()));
        out.writeBytes(latin(fields[j]));
      }
    }
    return out.toByteArray();
  }

  /** An integer of HPACK with a prefix of so many bits (RFC 7541 5.1). */
  static byte[] integer(int first, int bits, int value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int most = (1 << bits) - 1;
    if (value < most) {
      out.write(first | value);
      return out.toByteArray();
    }
    out.write(first | most);
    int rest = value - most;
    for (; rest >= 128; rest >>= 7) {
      out.write((rest & 127) | 128);
    }
    out.write(rest);
    return out.toByteArray();
  }

  static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Sends, or notices that the other end is gone. */
  FrameClient send(byte[]... frames) {
    try {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (byte[] frame : frames) {
        all.writeBytes(frame);
      }
      socket.getOutputStream().write(all.toByteArray());
    } catch (IOException gone) {
      closed = true;
    }
    return this;
  }

  /** Reads what comes within so many milliseconds, or until the connection or stream is over. */
  FrameClient read(int millis, int untilStreamEnds) {
    long end = System.nanoTime() + millis * 1_000_000L;
    while (!over() && System.nanoTime() < end && !isOver(untilStreamEnds)) {
      try {
        socket.setSoTimeout(
            Math.clamp((end - System.nanoTime()) / 1_000_000, 1, Integer.MAX_VALUE));
        readFrame();
      } catch (SocketTimeoutException enough) {
        return this;
      } catch (IOException gone) {
        closed = true;
      }
    }
    return this;
  }

  /** Reads on whatever is said, until so many goodbyes were heard, or the connection is closed. */
  FrameClient readGoodbyes(int millis, int count) {
    return readOn(millis, () -> lastStreams.size() >= count);
  }

  /** Reads on until this very stream has its answer, whatever others have. */
  FrameClient readUntilEnded(int millis, int stream) {
    return readOn(millis, () -> endedStreams.contains(stream) || resets.containsKey(stream));
  }

  /** Reads on, beyond the end of the answer, until the stream is reset. */
  FrameClient readUntilReset(int millis, int stream) {
    return readOn(millis, () -> resets.containsKey(stream));
  }

  /** Reads on until the connection is closed. */
  FrameClient readToEnd(int millis) {
    return readOn(millis, () -> false);
  }

  private FrameClient readOn(int millis, BooleanSupplier enough) {
    long end = System.nanoTime() + millis * 1_000_000L;
    while (!closed && !enough.getAsBoolean() && System.nanoTime() < end) {
      try {
        socket.setSoTimeout(100);
        if (peek()) {
          readFrame();
        }
      } catch (IOException gone) {
        closed = true;
      }
    }
    return this;
  }

  /** Whether a frame begins; what was begun is read with patience. */
  private boolean peek() throws IOException {
    in.mark(1);
    try {
      closed = in.read() < 0;
      in.reset();
      socket.setSoTimeout(10_000);
      return !closed;
    } catch (SocketTimeoutException notYet) {
      return false;
    }
  }

  /** The last streams that goodbyes (GOAWAY) named, in their order. */
  List<Integer> lastStreams() {
    return lastStreams;
  }

  void ignorePings() {
    answersPings = false;
  }

  boolean closed() {
    return closed;
  }

  private void readFrame() throws IOException {
    in.mark(1);
    int first = in.read();
    if (first < 0) {
      closed = true;
      return;
    }
    int length = first << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    byte[] payload = in.readNBytes(length);
    ByteBuf body = Unpooled.wrappedBuffer(payload);
    switch (type) {
      case HEADERS -> status(stream, body.skipBytes((flags & PRIORITY_GIVEN) != 0 ? 5 : 0));
      case RST_STREAM -> resets.put(stream, body.readUnsignedInt());
      case GOAWAY -> {
        lastStreams.add(body.readInt());
        goAway = body.readUnsignedInt();
      }
      case PING -> {
        if ((flags & 1) == 0 && answersPings) {
          send(frame(PING, 1, 0, payload));
        }
      }
      case SETTINGS -> {
        if ((flags & 1) == 0) {
          send(frame(SETTINGS, 1, 0, new byte[0]));
        }
      }
      case DATA -> dataBytes += length;
      default -> {}
    }
    if ((type == HEADERS || type == DATA) && (flags & END_STREAM) != 0) {
      ended = Math.max(ended, stream);
      endedStreams.add(stream);
    }
  }

  private void status(int stream, ByteBuf block) {
    try {
      Http2Headers headers = decoder.decodeHeaders(stream, block);
      CharSequence status = headers.status();
      if (status != null) {
        statuses.putIfAbsent(stream, status.toString());
      }
    } catch (Http2Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean isOver(int stream) {
    return stream > 0 && (ended >= stream || resets.containsKey(stream));
  }

  /** Bytes of bodies that came, on all streams. */
  int dataBytes() {
    return dataBytes;
  }

  /** Whether the connection is closed or about to be. */
  boolean over() {
    return closed || goAway >= 0;
  }

  /** What became of a stream: a status, {@code reset}, {@code closed} or {@code nothing}. */
  String outcome(int stream) {
    String status = statuses.get(stream);
    if (status != null) {
      return status;
    }
    return resets.containsKey(stream) ? "reset" : over() ? "closed" : "nothing";
  }

  boolean wasReset(int stream) {
    return resets.containsKey(stream);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
