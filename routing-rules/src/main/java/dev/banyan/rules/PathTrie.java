package dev.banyan.rules;

import dev.banyan.rules.PathTemplate.Segment;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Routes by path segment. Looking a path up goes down literal children first, then the variable
 * one, then stops at a {@code **}; a branch that ends in nothing is left again, so the order of
 * specificity holds for every path. No substring is made on the way.
 */
final class PathTrie {
  private static final CompiledRoute[] NONE = new CompiledRoute[0];

  private PathTrie() {}

  static void insert(Node root, CompiledRoute route) {
    insert(root, route.match().path().segments(), 0, route);
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
      // One node under all names of a literal: as written, with hex in either case, and decoded,
      // as the canonical path has it. Templates allow no escape that would make two names meet.
      case Segment.Literal(String text) -> {
        Node literal = node.literals.child(Escapes.decode(text));
        Escapes.wireForms(text).forEach(form -> node.literals.alias(form, literal));
        insert(literal, segments, at + 1, route);
      }
    }
  }

  private static CompiledRoute[] with(CompiledRoute[] present, CompiledRoute more) {
    CompiledRoute[] all = Arrays.copyOf(present, present.length + 1);
    all[present.length] = more;
    Arrays.sort(all, CompiledRoute::compareSpecificity);
    return all;
  }

  /** The most specific route that takes this request, or null. */
  static @Nullable CompiledRoute find(Node root, RequestHead head, String path) {
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
