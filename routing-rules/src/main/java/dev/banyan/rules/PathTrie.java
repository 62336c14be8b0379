package dev.banyan.rules;

import dev.banyan.rules.PathTemplate.Segment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Routes by path segment. Looking a path up goes down literal children first, then the variable
 * one, then stops at a {@code **}; a branch that ends in nothing is left again, so the order of
 * specificity holds for every path. No substring is made on the way.
 */
final class PathTrie {
  private static final CompiledRoute[] NONE = new CompiledRoute[0];

  private final Node root = new Node();

  private PathTrie() {}

  static PathTrie of(List<CompiledRoute> routes) {
    PathTrie trie = new PathTrie();
    for (CompiledRoute route : routes) {
      trie.insert(route);
    }
    return trie;
  }

  private void insert(CompiledRoute route) {
    List<Segment> segments = route.match().path().segments();
    insert(root, segments, 0, route);
  }

  private static void insert(Node node, List<Segment> segments, int at, CompiledRoute route) {
    if (at == segments.size()) {
      node.here = with(node.here, route);
      return;
    }
    switch (segments.get(at)) {
      case Segment.Rest() -> node.below = with(node.below, route);
      case Segment.Variable(String name) -> {
        Node variable = node.variable == null ? new Node() : node.variable;
        node.variable = variable;
        insert(variable, segments, at + 1, route);
      }
      case Segment.Literal(String text) -> {
        insert(node.literals.child(text), segments, at + 1, route);
        String decoded = CanonicalPath.decode(text);
        if (!decoded.equals(text)) {
          // A literal with escapes is met in both forms: as written, and in the canonical path.
          insert(node.literals.child(decoded), segments, at + 1, route);
        }
      }
    }
  }

  private static CompiledRoute[] with(CompiledRoute[] present, CompiledRoute more) {
    CompiledRoute[] all = java.util.Arrays.copyOf(present, present.length + 1);
    all[present.length] = more;
    java.util.Arrays.sort(all, CompiledRoute::compareSpecificity);
    return all;
  }

  /** The most specific route that takes this request, or null. */
  @Nullable CompiledRoute find(RequestHead head, String path) {
    if (path.isEmpty() || path.charAt(0) != '/') {
      return null;
    }
    return find(root, head, path, 1);
  }

  /**
   * @param from index behind the slash that begins the next segment; above the length when no
   *     segment is left
   */
  private static @Nullable CompiledRoute find(Node node, RequestHead head, String path, int from) {
    CompiledRoute found;
    if (from > path.length()) {
      found = first(node.here, head);
      return found != null ? found : first(node.below, head);
    }
    int slash = path.indexOf('/', from);
    int end = slash < 0 ? path.length() : slash;
    Node literal = node.literals.find(path, from, end);
    if (literal != null) {
      found = find(literal, head, path, end + 1);
      if (found != null) {
        return found;
      }
    }
    if (node.variable != null && end > from) {
      found = find(node.variable, head, path, end + 1);
      if (found != null) {
        return found;
      }
    }
    return first(node.below, head);
  }

  private static @Nullable CompiledRoute first(CompiledRoute[] routes, RequestHead head) {
    for (CompiledRoute route : routes) {
      if (route.accepts(head)) {
        return route;
      }
    }
    return null;
  }

  /** What can follow a path prefix. */
  static final class Node {
    private final SegmentTable literals = new SegmentTable();
    private @Nullable Node variable;
    private CompiledRoute[] here = NONE;
    private CompiledRoute[] below = NONE;
  }
}
