package dev.banyan.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Makes HTTP/1.1 keep-alive load on the calling thread.
 *
 * <p>Closed: every connection asks again as soon as it is answered. Paced: requests are due at a
 * fixed rate whatever the answers do, and latency counts from the due moment, so that a stall is
 * seen by all the requests it delays (coordinated omission, see HdrHistogram's documentation).
 */
final class HttpLoad {
  private static final int ATTEMPTS_AFTER_CLOSE = 1000;
  private static final long PAUSE_NANOS = 20_000;

  /** Of a paced round's begin no latency is told: there the connections are being accepted. */
  private static final long SETTLE_NANOS = 300_000_000;

  private final int port;
  private final byte[] request;
  private final int connections;

  HttpLoad(int port, String path, int connections) {
    this.port = port;
    this.request =
        ("GET "
                + path
                + " HTTP/1.1\r\nHost: shop.test\r\nUser-Agent: banyan-bench\r\nAccept: */*\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    this.connections = connections;
  }

  LoadResult closed(Duration duration) throws IOException {
    return run(duration, 0);
  }

  LoadResult paced(Duration duration, double perSecond) throws IOException {
    return run(duration, perSecond);
  }

  private LoadResult run(Duration duration, double perSecond) throws IOException {
    Round round = new Round(perSecond);
    List<Connection> all = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        Connection connection = new Connection(round);
        connection.open(selector);
        all.add(connection);
        round.idle.add(connection);
      }
      round.start = System.nanoTime();
      long end = round.start + duration.toNanos();
      for (long now = round.start; now < end; now = System.nanoTime()) {
        round.send(now);
        int ready =
            selector.selectNow(
                key -> {
                  Connection connection = (Connection) key.attachment();
                  try {
                    connection.readable();
                  } catch (IOException e) {
                    connection.failed(selector, e);
                  }
                });
        if (ready == 0) {
          // A selector waits whole milliseconds, which would be most of what is measured here.
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
      long nanos = System.nanoTime() - round.start;
      for (Connection connection : all) {
        connection.channel.close();
      }
      return new LoadResult(round.requests, round.errors, nanos, round.latency);
    }
  }

  /** What all connections of a round share. */
  private static final class Round {
    final Deque<Connection> idle = new ArrayDeque<>();
    final Histogram latency = new Histogram(60_000_000_000L, 3);
    final double perSecond;
    long start;
    long sent;
    long requests;
    long errors;

    Round(double perSecond) {
      this.perSecond = perSecond;
    }

    void send(long now) throws IOException {
      while (!idle.isEmpty()) {
        long due = perSecond == 0 ? now : start + (long) (sent * 1e9 / perSecond);
        if (due > now) {
          return;
        }
        sent++;
        idle.poll().ask(due);
      }
    }
  }

  private final class Connection {
    private final Round round;
    private final ByteBuffer in = ByteBuffer.allocate(64 * 1024);
    private SocketChannel channel = SocketChannel.open();
    private long due;
    private long bodyLeft = -1;

    Connection(Round round) throws IOException {
      this.round = round;
    }

    void open(Selector selector) throws IOException {
      channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
      in.clear();
      bodyLeft = -1;
    }

    void ask(long dueNanos) throws IOException {
      due = dueNanos;
      ByteBuffer out = ByteBuffer.wrap(request);
      while (out.hasRemaining()) {
        channel.write(out);
      }
    }

    void readable() throws IOException {
      if (channel.read(in) < 0) {
        throw new IOException("closed");
      }
      if (bodyLeft < 0) {
        int end = headEnd();
        if (end < 0) {
          return;
        }
        bodyLeft = contentLength(end);
        in.flip().position(end);
        in.compact();
      }
      bodyLeft -= in.position();
      in.clear();
      if (bodyLeft <= 0) {
        bodyLeft = -1;
        round.requests++;
        long now = System.nanoTime();
        if (round.perSecond == 0 || now - round.start > SETTLE_NANOS) {
          round.latency.recordValue(Math.min(now - due, 60_000_000_000L));
        }
        round.idle.add(this);
      }
    }

    private int headEnd() {
      for (int i = 3; i < in.position(); i++) {
        if (in.get(i) == '\n' && in.get(i - 2) == '\n') {
          return i + 1;
        }
      }
      return -1;
    }

    private long contentLength(int end) throws IOException {
      String head = new String(in.array(), 0, end, StandardCharsets.ISO_8859_1);
      if (!head.startsWith("HTTP/1.1 200")) {
        String body = new String(in.array(), end, in.position() - end, StandardCharsets.ISO_8859_1);
        throw new IOException(
            "answer: " + head.lines().findFirst().orElse("") + " " + body + " (expected: 200)");
      }
      int at = head.toLowerCase(java.util.Locale.ROOT).indexOf("\ncontent-length:");
      if (at < 0) {
        throw new IOException("answer without Content-Length");
      }
      int stop = head.indexOf('\r', at);
      return Long.parseLong(head.substring(at + "\ncontent-length:".length(), stop).strip());
    }

    void failed(Selector selector, IOException why) {
      if (round.errors++ == 0) {
        System.err.println("banyan bench: first failure of the round: " + why.getMessage());
      }
      if (round.errors > ATTEMPTS_AFTER_CLOSE) {
        throw new IllegalStateException("more than " + ATTEMPTS_AFTER_CLOSE + " failed requests");
      }
      try {
        channel.close();
        open(selector);
        round.idle.add(this);
      } catch (IOException e) {
        throw new IllegalStateException("nothing listens on port " + port, e);
      }
    }
  }
}
