package dev.banyan.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A node of a rule file that knows where it stands and reports what is wrong with it.
 *
 * @param place such as {@code routes[2].match.path}
 */
record RuleNode(String file, String place, Node node, Problems problems) {
  private static final int SHOWN = 60;

  int line() {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  void problem(String what, String cure) {
    problems.add(new Problem(file, line(), place.isEmpty() ? "document" : place, what, cure));
  }

  /** The fields of a mapping with these keys and no other; anything else is a problem. */
  Map<String, RuleNode> fields(List<String> allowed) {
    Map<String, RuleNode> known = new LinkedHashMap<>();
    entries(allowed.toString())
        .forEach(
            (name, value) -> {
              if (allowed.contains(name)) {
                known.put(name, value);
              } else {
                value.problem("unknown key: " + name, Suggestion.of(name, allowed));
              }
            });
    return known;
  }

  /** The entries of a mapping with any keys; a key that stands twice is a problem. */
  Map<String, RuleNode> entries(String expected) {
    Map<String, RuleNode> entries = new LinkedHashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      problem(shown(), "expected a mapping with " + expected);
      return entries;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      RuleNode key = new RuleNode(file, place, tuple.getKeyNode(), problems);
      String name = key.scalar().orElse("?");
      RuleNode value = new RuleNode(file, below(name), tuple.getValueNode(), problems);
      if (entries.putIfAbsent(name, value) != null) {
        new RuleNode(file, below(name), tuple.getKeyNode(), problems)
            .problem("key stands twice: " + name, "keep one of the two");
      }
    }
    return entries;
  }

  /** Entries of a mapping; 0 for anything else. */
  int size() {
    return node instanceof MappingNode mapping ? mapping.getValue().size() : 0;
  }

  /** The items of a list; a single scalar counts as a list of one. */
  List<RuleNode> items() {
    if (node instanceof ScalarNode) {
      return List.of(this);
    }
    List<RuleNode> items = new ArrayList<>();
    if (!(node instanceof SequenceNode sequence)) {
      problem(shown(), "expected a list");
      return items;
    }
    for (Node item : sequence.getValue()) {
      items.add(new RuleNode(file, place + "[" + items.size() + "]", item, problems));
    }
    return items;
  }

  /** A required part; where it is missing that is a problem. */
  Optional<RuleNode> required(Map<String, RuleNode> fields, String name, String cure) {
    Optional<RuleNode> field = Optional.ofNullable(fields.get(name));
    if (field.isEmpty()) {
      problem("missing key: " + name, cure);
    }
    return field;
  }

  /**
   * The text, read by a parser whose IllegalArgumentException becomes a problem; then the fallback
   * stands in.
   */
  <T> T read(Function<String, T> parser, T fallback) {
    Optional<String> text = text();
    try {
      return text.isPresent() ? parser.apply(text.get()) : fallback;
    } catch (IllegalArgumentException wrong) {
      problems.add(file, line(), place, String.valueOf(wrong.getMessage()));
      return fallback;
    }
  }

  /** The text of a scalar; anything else is a problem. */
  Optional<String> text() {
    Optional<String> text = scalar().filter(t -> !t.isBlank());
    if (text.isEmpty()) {
      problem(shown(), "expected a value");
    }
    return text;
  }

  /** The value of a key, if this is a mapping that has it; else this node itself. */
  RuleNode at(String key) {
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
          return new RuleNode(file, below(key), tuple.getValueNode(), problems);
        }
      }
    }
    return this;
  }

  private Optional<String> scalar() {
    return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
  }

  private String shown() {
    return switch (node) {
      case ScalarNode scalar when scalar.getValue().isBlank() -> "empty";
      case ScalarNode scalar ->
          scalar.getValue().length() <= SHOWN
              ? scalar.getValue()
              : scalar.getValue().substring(0, SHOWN) + "…";
      case SequenceNode sequence -> "a list of " + sequence.getValue().size();
      case MappingNode mapping -> "a mapping of " + mapping.getValue().size();
      default -> "something unreadable";
    };
  }

  private String below(String name) {
    return place.isEmpty() ? name : place + "." + name;
  }
}
