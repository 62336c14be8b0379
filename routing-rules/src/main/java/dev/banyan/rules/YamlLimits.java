package dev.banyan.rules;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * What a document may do before it is composed into nodes: nest to a depth, grow to a size with its
 * aliases written out, name no types. Read from the parser's events, which cost no stack.
 */
final class YamlLimits {
  private static final int MAX_DEPTH = 32;
  private static final long MAX_NODES = 1_000_000;

  private final String file;
  private final Problems problems;
  private final Deque<Long> sizes = new ArrayDeque<>();
  private final Deque<Optional<Anchor>> anchors = new ArrayDeque<>();
  private final Map<String, Long> anchored = new HashMap<>();
  private final Set<String> open = new HashSet<>();

  private YamlLimits(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
    sizes.push(0L);
  }

  /** Whether the document can be composed; what speaks against it is told. */
  static boolean hold(String file, Iterable<Event> events, Problems problems) {
    YamlLimits limits = new YamlLimits(file, problems);
    for (Event event : events) {
      if (!limits.take(event)) {
        return false;
      }
    }
    return true;
  }

  private boolean take(Event event) {
    switch (event.getEventId()) {
      case SequenceStart, MappingStart -> {
        CollectionStartEvent start = (CollectionStartEvent) event;
        checkTag(start, start.getTag());
        return begin(start);
      }
      case SequenceEnd, MappingEnd -> {
        return end(event);
      }
      case Scalar -> {
        ScalarEvent scalar = (ScalarEvent) event;
        checkTag(scalar, scalar.getTag());
        scalar.getAnchor().ifPresent(anchor -> anchored.put(anchor.getValue(), 1L));
        return grow(event, 1);
      }
      case Alias -> {
        return alias((AliasEvent) event);
      }
      default -> {
        return true;
      }
    }
  }

  private boolean begin(NodeEvent start) {
    if (sizes.size() > MAX_DEPTH) {
      tell(start, "nested too deeply", "a rule set needs no more than " + MAX_DEPTH + " levels");
      return false;
    }
    sizes.push(1L);
    anchors.push(start.getAnchor());
    start.getAnchor().ifPresent(anchor -> open.add(anchor.getValue()));
    return true;
  }

  private boolean end(Event end) {
    long size = sizes.pop();
    anchors
        .pop()
        .ifPresent(
            anchor -> {
              open.remove(anchor.getValue());
              anchored.put(anchor.getValue(), size);
            });
    return grow(end, size);
  }

  private boolean alias(AliasEvent alias) {
    String name = alias.getAlias().getValue();
    if (open.contains(name)) {
      tell(alias, "alias stands inside what it names: *" + name, "write out what is meant");
      return false;
    }
    return grow(alias, anchored.getOrDefault(name, 1L));
  }

  private boolean grow(Event event, long by) {
    long size = sizes.pop() + by;
    sizes.push(size);
    if (size > MAX_NODES) {
      tell(event, "more than " + MAX_NODES + " values with aliases written out", "split the file");
      return false;
    }
    return true;
  }

  private void checkTag(NodeEvent event, Optional<String> tag) {
    tag.ifPresent(name -> tell(event, "tag: " + name, "remove it; types are known by the key"));
  }

  private void tell(Event event, String what, String cure) {
    int line = event.getStartMark().map(Mark::getLine).orElse(0) + 1;
    problems.add(new Problem(file, line, "document", what, cure));
  }
}
