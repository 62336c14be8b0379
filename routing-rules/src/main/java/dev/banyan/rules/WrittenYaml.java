package dev.banyan.rules;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A rule file as somebody wrote it, to which something is added: all that stood there stays, with
 * its order and its comments. Each addition gives a new text. Whoever uses it reads the new text
 * and checks what it says; what cannot be added to throws an {@link Unfit}.
 */
record WrittenYaml(String text, String quoted, MappingNode root) {
  /** This file cannot be added to at that place. */
  static final class Unfit extends Exception {
    private static final long serialVersionUID = 1;

    Unfit(String what) {
      super(what);
    }
  }

  static WrittenYaml of(String text) throws Unfit {
    String quoted = PathQuoting.quote(text);
    LoadSettings settings =
        LoadSettings.builder()
            .setCodePointLimit(Integer.MAX_VALUE)
            .setBufferSize(Math.max(1024, quoted.length() + 1))
            .build();
    try {
      Optional<Node> node = new Compose(settings).composeString(quoted);
      if (node.isPresent() && node.get() instanceof MappingNode root && !isFlow(root)) {
        return new WrittenYaml(text, quoted, root);
      }
    } catch (YamlEngineException invalid) {
      throw new Unfit("it is no valid YAML: " + invalid.getMessage());
    }
    throw new Unfit("its top is no mapping with a line for each key");
  }

  static @Nullable NodeTuple entry(Node mapping, String key) {
    if (mapping instanceof MappingNode node) {
      for (NodeTuple tuple : node.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
          return tuple;
        }
      }
    }
    return null;
  }

  /** What other places refer to is not theirs alone. */
  static void unshared(Node node) throws Unfit {
    if (node.getAnchor().isPresent()) {
      throw new Unfit("line " + lineOf(node) + " is shared with other places by an anchor");
    }
  }

  /** Puts another word in place of a scalar. */
  String replaced(ScalarNode scalar, String word) throws Unfit {
    unshared(scalar);
    return text.substring(0, offset(scalar.getStartMark()))
        + word
        + text.substring(offset(scalar.getEndMark()));
  }

  /**
   * Adds an item or an entry behind the last one.
   *
   * @param lines as they stand in a block, without indentation
   * @param inline as it stands between braces or brackets
   */
  String added(Node collection, List<String> lines, String inline) throws Unfit {
    unshared(collection);
    if (!(collection instanceof CollectionNode<?> whole)) {
      throw new Unfit("line " + lineOf(collection) + " holds no list and no mapping");
    }
    if (!isFlow(whole)) {
      int column = whole.getStartMark().orElseThrow(() -> new Unfit("no marks")).getColumn();
      return insertedLines(behind(whole), lines, column);
    }
    return whole.getValue().isEmpty()
        ? inserted(offset(whole.getStartMark()) + 1, inline)
        : inserted(offset(last(whole).getEndMark()), ", " + inline);
  }

  /** Adds lines at the end of the file. */
  String appended(List<String> lines) {
    return insertedLines(text.length(), lines, 0);
  }

  private static boolean isFlow(CollectionNode<?> node) {
    return node.getFlowStyle() == FlowStyle.FLOW;
  }

  private static Node last(CollectionNode<?> node) throws Unfit {
    return switch (node) {
      case MappingNode mapping when !mapping.getValue().isEmpty() ->
          mapping.getValue().getLast().getValueNode();
      case SequenceNode sequence when !sequence.getValue().isEmpty() ->
          sequence.getValue().getLast();
      default -> throw new Unfit("line " + lineOf(node) + " holds nothing yet");
    };
  }

  /** The end of what a block holds: its own mark stands where the next thing begins. */
  private int behind(Node node) throws Unfit {
    return node instanceof CollectionNode<?> inner && !isFlow(inner)
        ? behind(last(inner))
        : offset(node.getEndMark());
  }

  private String inserted(int at, String what) {
    return text.substring(0, at) + what + text.substring(at);
  }

  private String insertedLines(int behind, List<String> lines, int column) {
    boolean atLine = behind == 0 || text.charAt(behind - 1) == '\n';
    int end = atLine ? behind : text.indexOf('\n', behind) + 1;
    String newline = text.contains("\r\n") ? "\r\n" : "\n";
    StringBuilder added = new StringBuilder();
    if (!atLine && end == 0) {
      end = text.length();
      added.append(newline);
    }
    for (String line : lines) {
      added.append(" ".repeat(column)).append(line).append(newline);
    }
    return inserted(end, added.toString());
  }

  /** Marks count code points of the text in which path templates were put in quotes. */
  private int offset(Optional<Mark> mark) throws Unfit {
    int codePoints = mark.orElseThrow(() -> new Unfit("no marks")).getIndex();
    int until = quoted.offsetByCodePoints(0, codePoints);
    int here = 0;
    for (int i = 0; i < until; i++) {
      boolean putThere =
          quoted.charAt(i) == '"' && (here >= text.length() || text.charAt(here) != '"');
      here += putThere ? 0 : 1;
    }
    return here;
  }

  private static int lineOf(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }
}
