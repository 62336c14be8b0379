package dev.banyan.rules;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Turns text into nodes that know their lines; whatever the text, it throws nothing. */
final class YamlDocument {
  /** Room for some ten thousand routes. */
  private static final int MAX_CHARS = 4 * 1024 * 1024;

  private static final String CURE = "write valid YAML";

  private YamlDocument() {}

  static Optional<RuleNode> compose(String file, String written, Problems problems) {
    String text = PathQuoting.quote(written);
    if (text.length() > MAX_CHARS) {
      problems.add(file, 1, "document", "too large (expected at most 4 MB)");
      return Optional.empty();
    }
    // The reader moves a word that it has begun each time it fills its buffer: with room for all of
    // the text at once, one long word costs no more than many short ones.
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file)
            .setCodePointLimit(MAX_CHARS)
            .setBufferSize(Math.max(1024, text.length() + 1))
            .build();
    try {
      if (!YamlLimits.hold(file, new Parse(settings).parseString(text), problems)) {
        return Optional.empty();
      }
      Optional<Node> node = new Compose(settings).composeString(text);
      if (node.isEmpty()) {
        problems.add(file, 1, "document", "empty (expected version, upstreams and routes)");
      }
      return node.map(n -> RuleNode.root(file, n, problems));
    } catch (MarkedYamlEngineException invalid) {
      int line = invalid.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      tell(file, line, invalid.getProblem(), problems);
    } catch (ReaderException invalid) {
      tell(file, lineOf(text, invalid.getPosition()), "unreadable character", problems);
    } catch (RuntimeException | StackOverflowError unforeseen) {
      // The parser's own faults: to the author of the file they are faults of the file.
      tell(file, 1, unforeseen.getMessage(), problems);
    }
    return Optional.empty();
  }

  private static void tell(String file, int line, @Nullable String what, Problems problems) {
    problems.add(
        new Problem(file, line, "document", what == null ? "unreadable" : what.strip(), CURE));
  }

  private static int lineOf(String text, int position) {
    return 1 + (int) text.chars().limit(Math.max(0, position)).filter(c -> c == '\n').count();
  }
}
