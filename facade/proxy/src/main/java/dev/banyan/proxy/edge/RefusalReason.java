package dev.banyan.proxy.edge;

/** Why the facade answered a request itself, or let a connection go: one word each, for metrics. */
public enum RefusalReason {
  /** Not HTTP/1.1 at all. */
  NOT_HTTP("not-http"),
  METHOD("method"),
  TARGET("target"),
  HOST("host"),
  HEADER("header"),
  FRAMING("framing"),
  EXPECTATION("expectation"),
  LINE_TOO_LONG("line-too-long"),
  HEADERS_TOO_LARGE("headers-too-large"),
  TOO_MANY_HEADERS("too-many-headers"),
  BODY_TOO_LARGE("body-too-large"),
  /** The path can be read in two ways that lead to two routes. */
  AMBIGUOUS_PATH("ambiguous-path"),
  NO_ROUTE("no-route"),
  /** A route whose rule says {@code refuse}. */
  RULE("rule"),
  RATE_LIMIT("rate-limit"),
  /** The head did not come in time. */
  SLOW_HEAD("slow-head"),
  /** The body came slower than the least rate. */
  SLOW_BODY("slow-body"),
  /** The answer was taken slower than the least rate. */
  SLOW_READER("slow-reader"),
  /** All connections that the process may hold are taken. */
  CONNECTIONS("connections"),
  CONNECTIONS_OF_ADDRESS("connections-of-address"),
  /** A trusted proxy did not say, as it must, whom it speaks for. */
  PROXY_PROTOCOL("proxy-protocol");

  private final String word;

  RefusalReason(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
