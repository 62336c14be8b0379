package dev.banyan.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An upstream in a process of its own, on one selector thread: answers every request with the same
 * JSON, or misbehaves. Prints its port when it listens. Arguments: mode and body size in bytes.
 */
final class CannedServer {
  /** What it does with a request. */
  enum Mode {
    JSON,
    HANG,
    RESET,
    FLOOD
  }

  private static final long FLOOD_BYTES = 1L << 30;
  private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Mode mode;
  private final byte[] answer;
  private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);

  private CannedServer(Mode mode, int size) {
    this.mode = mode;
    this.answer = mode == Mode.FLOOD ? flood() : json(size);
  }

  public static void main(String[] args) throws IOException {
    new CannedServer(Mode.valueOf(args[0].toUpperCase(Locale.ROOT)), Integer.parseInt(args[1]))
        .run();
  }

  /**
   * One connection's state: how much of the request head's end was seen, and what is still to be
   * written.
   */
  private static final class Connection {
    int matched;
    ByteBuffer out = ByteBuffer.allocate(0);
    long floodLeft;
  }

  private void run() throws IOException {
    try (Selector selector = Selector.open();
        ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
      server.configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT);
      System.out.println(server.socket().getLocalPort());
      while (true) {
        selector.select(
            key -> {
              try {
                handle(selector, key);
              } catch (IOException e) {
                key.cancel();
                closeQuietly(key);
              }
            });
      }
    }
  }

  private void handle(Selector selector, SelectionKey key) throws IOException {
    if (key.isAcceptable()) {
      SocketChannel channel = ((ServerSocketChannel) key.channel()).accept();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.register(selector, SelectionKey.OP_READ, new Connection());
      return;
    }
    Connection connection = (Connection) key.attachment();
    SocketChannel channel = (SocketChannel) key.channel();
    if (key.isReadable() && read(channel, connection) < 0) {
      channel.close();
      return;
    }
    write(key, channel, connection);
  }

  private int read(SocketChannel channel, Connection connection) throws IOException {
    in.clear();
    int count = channel.read(in);
    in.flip();
    while (in.hasRemaining()) {
      byte next = in.get();
      connection.matched =
          next == HEAD_END[connection.matched] ? connection.matched + 1 : next == '\r' ? 1 : 0;
      if (connection.matched == HEAD_END.length) {
        connection.matched = 0;
        answer(channel, connection);
      }
    }
    return count;
  }

  private void answer(SocketChannel channel, Connection connection) throws IOException {
    switch (mode) {
      case HANG -> {}
      case RESET -> {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
      }
      case JSON -> connection.out = append(connection.out, answer);
      case FLOOD -> {
        connection.out = append(connection.out, answer);
        connection.floodLeft = FLOOD_BYTES;
      }
    }
  }

  private static ByteBuffer append(ByteBuffer pending, byte[] more) {
    if (!pending.hasRemaining()) {
      return ByteBuffer.wrap(more);
    }
    ByteBuffer both = ByteBuffer.allocate(pending.remaining() + more.length);
    return both.put(pending).put(more).flip();
  }

  private static void write(SelectionKey key, SocketChannel channel, Connection connection)
      throws IOException {
    if (!channel.isOpen()) {
      return;
    }
    while (connection.out.hasRemaining() || connection.floodLeft > 0) {
      if (!connection.out.hasRemaining()) {
        int block = (int) Math.min(64 * 1024, connection.floodLeft);
        connection.out = ByteBuffer.allocate(block);
        connection.floodLeft -= block;
      }
      if (channel.write(connection.out) == 0) {
        key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        return;
      }
    }
    key.interestOps(SelectionKey.OP_READ);
  }

  /** The JSON that is answered, of so many bytes. */
  static String body(int size) {
    String start = "{\"sku\":\"AB-1\",\"quantity\":5,\"unitPrice\":9.90,\"note\":\"";
    return start + "x".repeat(Math.max(0, size - start.length() - 2)) + "\"}";
  }

  private static byte[] json(int size) {
    String body = body(size);
    return ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] flood() {
    return ("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: "
            + FLOOD_BYTES
            + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static void closeQuietly(SelectionKey key) {
    try {
      key.channel().close();
    } catch (IOException e) {
      System.err.println("canned-server: close: " + e.getMessage());
    }
  }
}
