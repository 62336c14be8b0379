package dev.banyan.proxy.upstream;

/** What is known of a request whose connection or stream ended before its answer began. */
public enum Loss {
  /** Nothing was done with it: the upstream said so, or it was never sent (RFC 9113 8.7). */
  UNTAKEN,
  /** The connection had answered before, so it may have been closed between two requests. */
  KEPT,
  /** The upstream may be to blame, and may have done anything. */
  OTHER
}
