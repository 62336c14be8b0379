package dev.banyan.proxy.outgoing;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

/**
 * A request that has its place on a connection to an upstream.
 *
 * <pre>
 *   headers ─ begin ─ sendHead? ─ write* ─ end ─ (answer)
 *      └─ giveBack        └─────── cut ───────┘
 * </pre>
 */
public interface Outgoing extends Asked {
  /** The fields to be sent, without Transfer-Encoding; to be written before {@link #begin}. */
  MultiMap headers();

  /** Whether it goes as a stream of HTTP/2. */
  boolean isHttp2();

  /** The fields are all there. Nothing is sent yet. */
  void begin();

  /** Its body comes without a length. */
  void chunked();

  /** Sends the head now: nobody knows when a body follows. */
  void sendHead();

  void write(Buffer chunk);

  /** Whether what was written waits for the upstream. */
  boolean isFull();

  /** Runs when it is full no longer. */
  void whenDrained(Runnable then);

  void end();

  void end(Buffer last);

  /** No more of the answer is wanted for now. */
  void pause();

  void resume();

  /** Asks for another protocol, on HTTP/1.1: a request without a body, which ends with this. */
  void upgrade(String protocol);

  /** After an answer of 101: what the connection is from then on. */
  NetSocket tunnel();

  /** Runs once, when the connection is closed. */
  void whenClosed(Runnable then);

  /** Nothing was sent, and nothing will be: its place is another's. */
  void giveBack();
}
