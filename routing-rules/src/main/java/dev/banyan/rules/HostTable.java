package dev.banyan.rules;

import org.jspecify.annotations.Nullable;

/**
 * A trie of paths per host. At most three are asked: that of the exact host, that of the wildcard
 * one label above it, that of the routes without a host.
 */
final class HostTable {
  private final SegmentTable exact = new SegmentTable();

  /** By what follows the first label, with its dot: {@code .shop.example}. */
  private final SegmentTable wildcard = new SegmentTable();

  private final PathTrie.Node any = new PathTrie.Node();

  static HostTable of(Iterable<CompiledRoute> routes) {
    HostTable table = new HostTable();
    for (CompiledRoute route : routes) {
      PathTrie.insert(table.trieOf(route.match().host().orElse("")), route);
    }
    return table;
  }

  private PathTrie.Node trieOf(String host) {
    if (host.isEmpty()) {
      return any;
    }
    return host.startsWith("*.") ? wildcard.child(host.substring(1)) : exact.child(host);
  }

  /** The most specific route that takes this request under this reading of its path, or null. */
  @Nullable CompiledRoute find(RequestHead head, String path) {
    CompiledRoute found = null;
    if (!exact.isEmpty() || !wildcard.isEmpty()) {
      found = findByHost(head, path);
    }
    return found != null ? found : PathTrie.find(any, head, path);
  }

  private @Nullable CompiledRoute findByHost(RequestHead head, String path) {
    String host = head.host();
    int end = HostName.end(host);
    if (!HostName.isLowerCase(host, end)) {
      host = HostName.of(host);
      end = host.length();
    }
    CompiledRoute found = find(exact.find(host, 0, end), head, path);
    if (found != null) {
      return found;
    }
    int dot = host.indexOf('.');
    return dot > 0 && dot < end ? find(wildcard.find(host, dot, end), head, path) : null;
  }

  private static @Nullable CompiledRoute find(
      PathTrie.@Nullable Node trie, RequestHead head, String path) {
    return trie == null ? null : PathTrie.find(trie, head, path);
  }
}
