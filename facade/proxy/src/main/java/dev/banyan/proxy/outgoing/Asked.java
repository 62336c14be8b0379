package dev.banyan.proxy.outgoing;

/** A request or a copy that was sent, or waits for its place on a connection. */
public interface Asked {
  /**
   * Ends it wherever it is, and nothing is told of it any more; of HTTP/1.1, its connection serves
   * no other after it.
   */
  void cut();

  /** It has waited in vain: is anybody there? Of HTTP/1.1 nothing is to be asked. */
  default void doubt() {}
}
