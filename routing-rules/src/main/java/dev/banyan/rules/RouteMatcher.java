package dev.banyan.rules;

import dev.banyan.rules.PathTemplate.Segment;
import java.util.ArrayList;
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
  static Optional<String> mismatch(RouteMatch match, PathMatching paths, RequestHead head) {
    String host = HostName.of(head.host());
    if (match.host().isPresent() && !HostName.takes(match.host().get(), host)) {
      return Optional.of("host is " + host + ", not " + match.host().get());
    }
    if (!path(match.path(), paths, head.path())) {
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

  private static boolean path(PathTemplate template, PathMatching paths, String path) {
    if (!path.startsWith("/")) {
      return false;
    }
    List<String> parts = new ArrayList<>(List.of(path.substring(1).split("/", -1)));
    if (paths.ignoresTrailingSlash() && parts.getLast().isEmpty()) {
      parts.removeLast();
    }
    List<Segment> segments = paths.segments(template);
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
          if (!there || !form(text, paths).equals(form(parts.get(i), paths))) {
            return false;
          }
        }
      }
    }
    return parts.size() == segments.size();
  }

  private static String form(String segment, PathMatching paths) {
    return paths.normal(Escapes.bytes(segment));
  }
}
