package dev.banyan.proxy.badrequests;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A request as it reached the upstream; one char is one byte. */
final class SeenRequest {
  record Field(String name, String value) {}

  final String method;
  final String target;
  final int minor;
  final List<Field> headers = new ArrayList<>();
  final List<Field> trailers = new ArrayList<>();
  final List<String> warnings = new ArrayList<>();
  final StringBuilder body = new StringBuilder();
  boolean chunkExtension;
  volatile boolean complete;

  SeenRequest(String method, String target, int minor) {
    this.method = method;
    this.target = target;
    this.minor = minor;
  }

  List<String> values(String lowerCaseName) {
    return headers.stream()
        .filter(field -> field.name().toLowerCase(Locale.ROOT).equals(lowerCaseName))
        .map(Field::value)
        .toList();
  }
}
