package dev.banyan.rules;

import org.jspecify.annotations.Nullable;

/**
 * Trie nodes by literal segment (or host), looked up by a range of chars: open addressing, at most
 * half full. A map with String keys would want a substring for every question.
 */
final class SegmentTable {
  private static final int FIRST_SIZE = 2;

  private @Nullable String[] keys = new String[FIRST_SIZE];
  private PathTrie.@Nullable Node[] nodes = new PathTrie.Node[FIRST_SIZE];
  private int count;

  /** The node of a segment, made if it is not there. */
  PathTrie.Node child(String segment) {
    PathTrie.Node present = find(segment, 0, segment.length());
    if (present != null) {
      return present;
    }
    PathTrie.Node made = new PathTrie.Node();
    add(segment, made);
    return made;
  }

  /** Another name for a node; a name that is taken stays what it is. */
  void alias(String segment, PathTrie.Node node) {
    if (find(segment, 0, segment.length()) == null) {
      add(segment, node);
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  private void add(String segment, PathTrie.Node node) {
    if (2 * (count + 1) > keys.length) {
      grow();
    }
    put(segment, node);
    count++;
  }

  PathTrie.@Nullable Node find(String path, int from, int end) {
    if (count == 0) {
      return null;
    }
    int mask = keys.length - 1;
    int length = end - from;
    for (int i = hash(path, from, end) & mask; ; i = (i + 1) & mask) {
      String key = keys[i];
      if (key == null) {
        return null;
      }
      if (key.length() == length && path.startsWith(key, from)) {
        return nodes[i];
      }
    }
  }

  private void grow() {
    @Nullable String[] oldKeys = keys;
    PathTrie.@Nullable Node[] oldNodes = nodes;
    keys = new String[2 * oldKeys.length];
    nodes = new PathTrie.Node[2 * oldKeys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      String key = oldKeys[i];
      PathTrie.Node node = oldNodes[i];
      if (key != null && node != null) {
        put(key, node);
      }
    }
  }

  private void put(String key, PathTrie.Node node) {
    int mask = keys.length - 1;
    int i = hash(key, 0, key.length()) & mask;
    while (keys[i] != null) {
      i = (i + 1) & mask;
    }
    keys[i] = key;
    nodes[i] = node;
  }

  private static int hash(String text, int from, int end) {
    int hash = 0;
    for (int i = from; i < end; i++) {
      hash = 31 * hash + text.charAt(i);
    }
    return hash ^ (hash >>> 16);
  }
}
