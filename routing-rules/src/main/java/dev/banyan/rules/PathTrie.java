package dev.banyan.rules;

import dev.banyan.rules.PathTemplate.Segment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Routes by path segment. Looking a path up goes down literal children first, then the variable
 * one, then stops at a {@code **}; a branch that ends in nothing is left again, so the order of
 * specificity holds for every path. No substring is made on the way.
 */
final class PathTrie {
  private final Node root;

  /** A path that ends in a slash has no segment left at its length, or an empty one. */
  private final int slashAtEnd;

  private PathTrie(Node root, PathMatching paths) {
    this.root = root;
    slashAtEnd = paths.ignoresTrailingSlash() ? 0 : 1;
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
  private @Nullable CompiledRoute find(Node node, RequestHead head, String path, int from) {
    CompiledRoute found;
    if (from >= path.length() + slashAtEnd) {
      found = first(node.here, head);
      return found != null ? found : first(node.below, head);
    }
    int slash = path.indexOf('/', from);
    int end = slash < 0 ? path.length() : slash;
    if (!node.isEmpty()) {
      Node literal = node.find(path, from, end);
      found = literal == null ? null : find(literal, head, path, end + 1);
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

  private static @Nullable CompiledRoute first(@Nullable CompiledRoute first, RequestHead head) {
    for (CompiledRoute route = first; route != null; route = route.next()) {
      if (route.accepts(head)) {
        return route;
      }
    }
    return null;
  }

  /**
   * What can follow a path prefix: the literals, of which it is the table itself, for one step less
   * through memory; and the rest, null where there is none.
   */
  private static final class Node extends SegmentTable<Node> {
    private final @Nullable Node variable;
    private final @Nullable CompiledRoute here;
    private final @Nullable CompiledRoute below;

    Node(Map<String, Node> literals, @Nullable Node variable, Draft draft, boolean ignoresCase) {
      super(literals, ignoresCase);
      this.variable = variable;
      here = CompiledRoute.chain(draft.here);
      below = CompiledRoute.chain(draft.below);
    }
  }

  /** A trie that is being put together. */
  static final class Draft {
    private final Map<String, Draft> literals = new LinkedHashMap<>();
    private final List<CompiledRoute> here = new ArrayList<>();
    private final List<CompiledRoute> below = new ArrayList<>();
    private @Nullable Draft variable;
    private @Nullable Node finished;

    void add(CompiledRoute route, PathMatching paths) {
      add(paths.segments(route.match().path()), 0, route, paths);
    }

    private void add(List<Segment> segments, int at, CompiledRoute route, PathMatching paths) {
      if (at == segments.size()) {
        here.add(route);
        return;
      }
      switch (segments.get(at)) {
        case Segment.Rest() -> below.add(route);
        case Segment.Variable(String name) -> {
          Draft next = variable == null ? new Draft() : variable;
          variable = next;
          next.add(segments, at + 1, route, paths);
        }
        // One place under both names of a literal: as on the wire, and decoded, as the canonical
        // path has it. Templates allow no escape that would make two names meet.
        case Segment.Literal(String text) -> {
          String bytes = Escapes.bytes(text);
          Draft next =
              literals.computeIfAbsent(paths.normal(Escapes.decode(bytes)), n -> new Draft());
          literals.putIfAbsent(paths.normal(bytes), next);
          next.add(segments, at + 1, route, paths);
        }
      }
    }

    PathTrie finish(PathMatching paths) {
      return new PathTrie(node(paths), paths);
    }

    private Node node(PathMatching paths) {
      if (finished == null) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        literals.forEach((name, draft) -> nodes.put(name, draft.node(paths)));
        Node next = variable == null ? null : variable.node(paths);
        finished = new Node(nodes, next, this, paths.ignoresCase());
      }
      return finished;
    }
  }
}
