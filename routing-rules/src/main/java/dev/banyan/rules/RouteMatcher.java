package dev.banyan.rules;

import dev.banyan.rules.PathTemplate.Segment;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Matches one route against one request, slowly and with a reason: for explanations, and to check
 * the trie with.
 */
final class RouteMatcher {
  private RouteMatcher() {}

  /** Why the route does not take the request; empty if it does. */
  static Optional<String> mismatch(RouteMatch match, RequestHead head) {
    String host = HostName.of(head.host());
    if (match.host().isPresent() && !HostName.takes(match.host().get(), host)) {
      return Optional.of("host is " + host + ", not " + match.host().get());
    }
    if (!path(match.path(), head.path())) {
      return Optional.of("path is " + head.path() + ", not " + match.path());
    }
    if (!match.methods().isEmpty() && !match.methods().contains(head.method())) {
      return Optional.of("method is " + head.method() + ", not one of " + match.methods());
    }
    for (Map.Entry<String, String> header : match.headers().entrySet()) {
      if (!header.getValue().equals(head.header(header.getKey()))) {
        return Optional.of("header " + header.getKey() + " is not " + header.getValue());
      }
    }
    if (!QueryConditions.of(match.query()).hold(head.query())) {
      return Optional.of("query lacks " + match.query());
    }
    return Optional.empty();
  }

  static boolean path(PathTemplate template, String path) {
    if (!path.startsWith("/")) {
      return false;
    }
    List<String> parts = List.of(path.substring(1).split("/", -1));
    List<Segment> segments = template.segments();
    for (int i = 0; i < segments.size(); i++) {
      boolean there = i < parts.size();
      switch (segments.get(i)) {
        case Segment.Rest() -> {
          return true;
        }
        case Segment.Variable(String name) -> {
          if (!there || parts.get(i).isEmpty()) {
            return false;
          }
        }
        case Segment.Literal(String text) -> {
          if (!there || !Escapes.wireForms(text).contains(parts.get(i))) {
            return false;
          }
        }
      }
    }
    return parts.size() == segments.size();
  }
}
