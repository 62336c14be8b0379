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
 * Connections that are kept from one round of {@link HttpLoad} to the next, so that a round can be
 * short: none has to be accepted in it.
 */
final class LoadConnections implements AutoCloseable {
  private static final int ATTEMPTS_AFTER_CLOSE = 1000;
  private static final long PAUSE_NANOS = 20_000;
  private static final long LONGEST_NANOS = 60_000_000_000L;

  /** What a round waits for the next of its last answers. */
  private static final long LAST_ANSWERS_NANOS = 5_000_000_000L;

  private static final Round NONE = new Round("/", 0, Duration.ZERO, 0);

  private final int port;
  private final Selector selector = Selector.open();
  private final List<Connection> all = new ArrayList<>();
  private long lastRead = System.nanoTime();

  LoadConnections(int port, int count) throws IOException {
    this.port = port;
    for (int i = 0; i < count; i++) {
      Connection connection = new Connection();
      connection.open();
      all.add(connection);
    }
  }

  LoadResult closed(String path, Duration duration) throws IOException {
    Round round = begin(path, 0, Duration.ZERO, Long.MAX_VALUE);
    long end = round.start + duration.toNanos();
    for (long now = round.start; now < end; now = System.nanoTime()) {
      round.send(now);
      read();
    }
    return result(round);
  }

  /**
   * One round at a fixed rate; ends when all that was due in it is answered.
   *
   * @param settling how long after its begin no latency is told
   */
  LoadResult paced(String path, Duration duration, double perSecond, Duration settling)
      throws IOException {
    long requests = (long) (duration.toNanos() * perSecond / 1e9);
    Round round = begin(path, perSecond, settling, requests);
    long end = round.start + duration.toNanos();
    while (round.sent < requests) {
      round.send(System.nanoTime());
      readLast(end);
    }
    return result(round);
  }

  private Round begin(String path, double perSecond, Duration settling, long requests) {
    Round round = new Round(path, perSecond, settling, requests);
    for (Connection connection : all) {
      connection.round = round;
      round.idle.add(connection);
    }
    return round;
  }

  private LoadResult result(Round round) throws IOException {
    long end = System.nanoTime();
    while (round.idle.size() < all.size()) {
      readLast(end);
    }
    return new LoadResult(round.requests, round.errors, end - round.start, round.latency);
  }

  /**
   * Reads what has come. A server that is slow may take as long as it answers; one that is silent
   * after the end of a round ends it.
   */
  private void readLast(long end) throws IOException {
    read();
    if (System.nanoTime() - Math.max(end, lastRead) > LAST_ANSWERS_NANOS) {
      throw new IOException(
          "answers: none for 5 s after the round (expected: one to each request)");
    }
  }

  private void read() throws IOException {
    int ready =
        selector.selectNow(
            key -> {
              Connection connection = (Connection) key.attachment();
              try {
                connection.readable();
              } catch (IOException e) {
                connection.failed(e);
              }
            });
    if (ready > 0) {
      lastRead = System.nanoTime();
    } else {
      // A selector waits whole milliseconds, which would be most of what is measured here.
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  @Override
  public void close() throws IOException {
    for (Connection connection : all) {
      connection.channel.close();
    }
    selector.close();
  }

  /** What all connections of a round share. */
  private static final class Round {
    final Deque<Connection> idle = new ArrayDeque<>();
    final Histogram latency = new Histogram(LONGEST_NANOS, 2);
    final ByteBuffer request;
    final double perSecond;
    final long settling;
    final long most;
    final long start = System.nanoTime();
    long sent;
    long requests;
    long errors;

    Round(String path, double perSecond, Duration settling, long most) {
      request =
          ByteBuffer.wrap(
              ("GET "
                      + path
                      + " HTTP/1.1\r\nHost: shop.test\r\nUser-Agent: banyan-bench\r\nAccept: */*\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      this.perSecond = perSecond;
      this.settling = settling.toNanos();
      this.most = most;
    }

    void send(long now) throws IOException {
      while (!idle.isEmpty() && sent < most) {
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
    private final ByteBuffer in = ByteBuffer.allocate(64 * 1024);
    private SocketChannel channel = SocketChannel.open();
    private long due;
    private long bodyLeft = -1;
    private Round round = NONE;

    Connection() throws IOException {}

    void open() throws IOException {
      channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
      in.clear();
      bodyLeft = -1;
    }

    void ask(long dueNanos) throws IOException {
      due = dueNanos;
      ByteBuffer out = round.request.duplicate();
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
        if (round.perSecond == 0 || now - round.start > round.settling) {
          round.latency.recordValue(Math.min(now - due, LONGEST_NANOS));
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

    void failed(IOException why) {
      if (round.errors++ == 0) {
        System.err.println("banyan bench: first failure of the round: " + why.getMessage());
      }
      if (round.errors > ATTEMPTS_AFTER_CLOSE) {
        throw new IllegalStateException("more than " + ATTEMPTS_AFTER_CLOSE + " failed requests");
      }
      try {
        channel.close();
        open();
        if (!round.idle.contains(this)) {
          round.idle.add(this);
        }
      } catch (IOException e) {
        throw new IllegalStateException("nothing listens on port " + port, e);
      }
    }
  }
}
