package dev.banyan.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A node of a rule file that knows where it stands and reports what is wrong with it.
 *
 * @param place such as {@code routes[2].match.path}; empty for the document
 * @param keyLine where its key stands, or it itself where it has none
 */
record RuleNode(String file, String place, int keyLine, Node node, Problems problems) {
  private static final int SHOWN = 60;
  private static final int LONGEST_KEY = 200;
  private static final int LONGEST_VALUE = 4096;

  static RuleNode root(String file, Node node, Problems problems) {
    return new RuleNode(file, "", lineOf(node), node, problems);
  }

  int line() {
    return lineOf(node);
  }

  boolean isMapping() {
    return node instanceof MappingNode;
  }

  void problem(String what, String cure) {
    problems.add(new Problem(file, line(), shownPlace(), what, cure));
  }

  /** A problem with its being there or with its name, not with its value. */
  void problemAtKey(String what, String cure) {
    problems.add(new Problem(file, keyLine, shownPlace(), what, cure));
  }

  /** A name that nothing has. */
  void undefined(String key, String name, Set<String> defined) {
    // Guessing what was meant costs time for each name that is defined.
    String cure = problems.isFull() ? "define it" : Suggestion.of(name, defined);
    problem(key + ": " + name + " is not defined", cure);
  }

  /** The fields of a mapping with these keys and no other; anything else is a problem. */
  Fields fields(List<String> allowed) {
    Map<String, RuleNode> known = new LinkedHashMap<>();
    // Of what is no mapping at all, no key is told as missing besides.
    Set<String> meant = new HashSet<>(node instanceof MappingNode ? List.of() : allowed);
    entries(String.join(", ", allowed))
        .forEach(
            (name, value) -> {
              if (allowed.contains(name)) {
                known.put(name, value);
              } else {
                String cure = problems.isFull() ? "remove it" : Suggestion.of(name, allowed);
                value.problemAtKey("unknown key: " + name, cure);
                Suggestion.closest(name, allowed).ifPresent(meant::add);
              }
            });
    return new Fields(this, known, meant);
  }

  /** The entries of a mapping with any keys; a key that stands twice is a problem. */
  Map<String, RuleNode> entries(String expected) {
    Map<String, RuleNode> entries = new LinkedHashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      problem(labelled(), "expected a mapping with " + expected);
      return entries;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      RuleNode key =
          new RuleNode(file, place, lineOf(tuple.getKeyNode()), tuple.getKeyNode(), problems);
      if (!(tuple.getKeyNode() instanceof ScalarNode scalar)
          || scalar.getValue().isBlank()
          || scalar.getValue().length() > LONGEST_KEY) {
        key.problem("key: " + key.shown(), "expected a short word");
        continue;
      }
      String name = scalar.getValue();
      RuleNode value = new RuleNode(file, below(name), key.line(), tuple.getValueNode(), problems);
      if (entries.putIfAbsent(name, value) != null) {
        value.problemAtKey("key stands twice: " + name, "keep one of the two");
      }
    }
    return entries;
  }

  /** The items of a list. */
  List<RuleNode> list() {
    List<RuleNode> items = new ArrayList<>();
    if (!(node instanceof SequenceNode sequence)) {
      problem(labelled(), "expected a list");
      return items;
    }
    for (Node item : sequence.getValue()) {
      String below = place + "[" + items.size() + "]";
      items.add(new RuleNode(file, below, lineOf(item), item, problems));
    }
    return items;
  }

  /** The items of a list that is not empty; a single word counts as a list of one. */
  List<RuleNode> oneOrMore(String cure) {
    if (node instanceof ScalarNode) {
      return List.of(this);
    }
    List<RuleNode> items = list();
    if (items.isEmpty() && node instanceof SequenceNode) {
      problem(labelled(), cure);
    }
    return items;
  }

  /** A text, read by a parser whose IllegalArgumentException becomes a problem. */
  <T> Optional<T> text(Function<String, T> parser) {
    return text().flatMap(text -> parsed(text, parser));
  }

  /** A text that is not blank; anything else is a problem. */
  Optional<String> text() {
    if (node instanceof ScalarNode scalar && isPlainType(scalar)) {
      problem(labelled(), "expected a text; put it in quotes if it is meant as one");
      return Optional.empty();
    }
    return value().filter(text -> !text.isBlank() || isBlankProblem());
  }

  /** A text, number or truth value as it is written; a parser says what is wrong with it. */
  <T> Optional<T> value(Function<String, T> parser) {
    return value().flatMap(text -> parsed(text, parser));
  }

  /** A text, number or truth value as it is written; anything else is a problem. */
  Optional<String> value() {
    if (!(node instanceof ScalarNode scalar) || Tag.NULL.equals(scalar.getTag())) {
      problem(labelled(), "expected a value");
      return Optional.empty();
    }
    if (scalar.getValue().length() > LONGEST_VALUE) {
      problem(labelled(), "expected at most " + LONGEST_VALUE + " characters");
      return Optional.empty();
    }
    return Optional.of(scalar.getValue());
  }

  /** A whole number, neither in quotes nor with a fraction. */
  Optional<Integer> number(int least, int most) {
    if (node instanceof ScalarNode scalar && Tag.INT.equals(scalar.getTag())) {
      try {
        int number = Integer.parseInt(scalar.getValue());
        if (number >= least && number <= most) {
          return Optional.of(number);
        }
      } catch (NumberFormatException tooLarge) {
        // Told below, like any number out of bounds.
      }
    }
    problem(labelled(), "expected " + bounds(least, most));
    return Optional.empty();
  }

  private static String bounds(int least, int most) {
    if (least == most) {
      return String.valueOf(least);
    }
    return "a whole number, " + least + (most == Integer.MAX_VALUE ? " or more" : " to " + most);
  }

  private <T> Optional<T> parsed(String text, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(text));
    } catch (IllegalArgumentException wrong) {
      problems.add(file, line(), shownPlace(), String.valueOf(wrong.getMessage()));
      return Optional.empty();
    }
  }

  private boolean isBlankProblem() {
    problem(labelled(), "expected a value");
    return false;
  }

  private static boolean isPlainType(ScalarNode scalar) {
    Tag tag = scalar.getTag();
    return Tag.INT.equals(tag) || Tag.FLOAT.equals(tag) || Tag.BOOL.equals(tag);
  }

  /** A text without letters shows its quotes, as {@code "1"} is not 1. */
  private static boolean hasLetters(ScalarNode scalar) {
    return scalar.getValue().chars().anyMatch(Character::isLetter);
  }

  private static int lineOf(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  /** The mistake in the form {@code what: value}. */
  private String labelled() {
    return shownPlace().substring(place.lastIndexOf('.') + 1) + ": " + shown();
  }

  private String shown() {
    return switch (node) {
      case ScalarNode scalar when scalar.getValue().isBlank() -> "empty";
      case ScalarNode scalar when scalar.getValue().length() > SHOWN ->
          scalar.getValue().substring(0, SHOWN) + "…";
      case ScalarNode scalar when Tag.STR.equals(scalar.getTag()) && !hasLetters(scalar) ->
          '"' + scalar.getValue() + '"';
      case ScalarNode scalar -> scalar.getValue();
      case SequenceNode sequence when sequence.getValue().isEmpty() -> "an empty list";
      case SequenceNode sequence -> "a list of " + sequence.getValue().size();
      case MappingNode mapping -> "a mapping of " + mapping.getValue().size();
      default -> "something unreadable";
    };
  }

  private String shownPlace() {
    return place.isEmpty() ? "document" : place;
  }

  private String below(String name) {
    return place.isEmpty() ? name : place + "." + name;
  }
}
