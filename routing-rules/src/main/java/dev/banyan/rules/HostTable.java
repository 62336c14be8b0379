package dev.banyan.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trie of paths per host. At most three are asked: that of the exact host, that of the wildcard
 * one label above it, that of the routes without a host.
 */
final class HostTable {
  private final SegmentTable<PathTrie> exact;

  /** By what follows the first label, with its dot: {@code .shop.example}. */
  private final SegmentTable<PathTrie> wildcard;

  private final PathTrie any;
  private final boolean hostsMatter;

  private HostTable(Map<String, PathTrie> exact, Map<String, PathTrie> wildcard, PathTrie any) {
    this.exact = new SegmentTable<>(exact, false);
    this.wildcard = new SegmentTable<>(wildcard, false);
    this.any = any;
    hostsMatter = !exact.isEmpty() || !wildcard.isEmpty();
  }

  static HostTable of(Iterable<CompiledRoute> routes, PathMatching paths) {
    Map<String, PathTrie.Draft> drafts = new LinkedHashMap<>();
    for (CompiledRoute route : routes) {
      String host = route.match().host().orElse("");
      drafts.computeIfAbsent(host, h -> new PathTrie.Draft()).add(route, paths);
    }
    Map<String, PathTrie> exact = new LinkedHashMap<>();
    Map<String, PathTrie> wildcard = new LinkedHashMap<>();
    drafts.forEach(
        (host, draft) -> {
          if (host.startsWith("*.")) {
            wildcard.put(host.substring(1), draft.finish(paths));
          } else if (!host.isEmpty()) {
            exact.put(host, draft.finish(paths));
          }
        });
    PathTrie any = drafts.getOrDefault("", new PathTrie.Draft()).finish(paths);
    return new HostTable(exact, wildcard, any);
  }

  /** The most specific route that takes this request under this reading of its path, or null. */
  @Nullable CompiledRoute find(RequestHead head, String path) {
    CompiledRoute found = hostsMatter ? findByHost(head, path) : null;
    return found != null ? found : any.find(head, path);
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
      @Nullable PathTrie trie, RequestHead head, String path) {
    return trie == null ? null : trie.find(head, path);
  }
}
