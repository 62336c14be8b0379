package dev.banyan.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds keep-alive connections in a process of its own, from addresses of this process alone, so
 * that ports do not run out. Arguments: port, how many, number of this process. Every connection
 * asks once and then stays idle. Prints {@code held N}; on each line from its standard input it
 * asks once more on every connection and prints {@code answered N}; ends with its standard input.
 */
final class IdleClients {
  private static final byte[] REQUEST =
      "GET /api/products/AB-1 HTTP/1.1\r\nHost: shop.test\r\nUser-Agent: banyan-bench\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** The kernel looks long for a free port once half of an address's ports are taken. */
  private static final int PER_ADDRESS = 4000;

  private final InetSocketAddress target;
  private final int number;
  private final ByteBuffer in = ByteBuffer.allocateDirect(16 * 1024);
  private final List<SocketChannel> held = new ArrayList<>();

  private IdleClients(int port, int number) {
    this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.number = number;
  }

  public static void main(String[] args) throws IOException {
    IdleClients clients = new IdleClients(Integer.parseInt(args[0]), Integer.parseInt(args[2]));
    System.out.println("held " + clients.open(Integer.parseInt(args[1])));
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    while (lines.readLine() != null) {
      System.out.println("answered " + clients.askAll());
    }
  }

  private int open(int count) {
    try {
      while (held.size() < count) {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.bind(new InetSocketAddress(source(), 0));
        channel.connect(target);
        if (!ask(channel)) {
          break;
        }
        held.add(channel);
      }
    } catch (IOException e) {
      System.err.println("idle-clients: " + held.size() + " held, then " + e.getMessage());
    }
    return held.size();
  }

  private InetAddress source() throws IOException {
    return InetAddress.getByAddress(
        new byte[] {127, 0, (byte) (1 + held.size() / PER_ADDRESS), (byte) (1 + number)});
  }

  private int askAll() {
    int answered = 0;
    for (SocketChannel channel : held) {
      try {
        answered += ask(channel) ? 1 : 0;
      } catch (IOException lost) {
        System.err.println("idle-clients: " + lost.getMessage());
      }
    }
    return answered;
  }

  /** Blocking: one connection after the other. */
  private boolean ask(SocketChannel channel) throws IOException {
    channel.write(ByteBuffer.wrap(REQUEST));
    in.clear();
    long whole = -1;
    while (whole < 0 || in.position() < whole) {
      if (channel.read(in) < 0) {
        return false;
      }
      whole = whole < 0 ? whole() : whole;
    }
    return in.get(9) == '2';
  }

  /** Bytes of head and body, or -1 while the head is not whole. */
  private long whole() {
    int matched = 0;
    for (int i = 0; i < in.position(); i++) {
      matched = in.get(i) == HEAD_END[matched] ? matched + 1 : in.get(i) == '\r' ? 1 : 0;
      if (matched == HEAD_END.length) {
        byte[] head = new byte[i];
        in.get(0, head);
        String text =
            new String(head, StandardCharsets.ISO_8859_1).toLowerCase(java.util.Locale.ROOT);
        int at = text.indexOf("\ncontent-length:") + "\ncontent-length:".length();
        int end = text.indexOf('\r', at);
        return i + 1 + Long.parseLong(text.substring(at, end < 0 ? text.length() : end).strip());
      }
    }
    return -1;
  }
}
