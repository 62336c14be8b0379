package dev.banyan.bench;

/** What clients and proxies speak with each other; the upstream is always plain HTTP/1.1. */
enum Wire {
  PLAIN("HTTP/1.1"),
  TLS("HTTP/1.1 over TLS"),
  H2("HTTP/2, prior knowledge"),
  TLS_H2("HTTP/2 over TLS");

  private final String words;

  Wire(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  boolean encrypted() {
    return this == TLS || this == TLS_H2;
  }

  boolean http2() {
    return this == H2 || this == TLS_H2;
  }
}
