package dev.banyan.contracts;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A node of a YAML file that knows where it stands, so that every message can say it.
 *
 * @param path such as {@code interactions[3].expect.status}
 */
record YamlPlace(String file, String path, Node node) {
  /** Contracts hold bodies: more than the library allows by itself. */
  private static final int MAX_CHARS = 128 << 20;

  private static final int SHOWN = 60;

  static YamlPlace root(String file, String yaml) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setCodePointLimit(MAX_CHARS).build();
    try {
      Node node =
          new Compose(settings)
              .composeString(yaml)
              .orElseThrow(
                  () -> new IllegalArgumentException(file + ": empty (expected: a contract)"));
      return new YamlPlace(file, "", node);
    } catch (MarkedYamlEngineException invalid) {
      int line = invalid.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      throw new IllegalArgumentException(
          file + ":" + line + ": " + invalid.getProblem() + " (expected: valid YAML)", invalid);
    } catch (YamlEngineException invalid) {
      throw new IllegalArgumentException(
          file + ": " + invalid.getMessage() + " (expected: valid YAML)", invalid);
    }
  }

  /** The fields of a mapping, in order; without names, any. */
  Map<String, YamlPlace> fields(String... allowed) {
    if (!(node instanceof MappingNode mapping)) {
      throw wrong(shown(), allowed.length == 0 ? "name: value" : "a mapping");
    }
    Map<String, YamlPlace> fields = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      YamlPlace key = new YamlPlace(file, path, tuple.getKeyNode());
      String name = key.text();
      YamlPlace value = new YamlPlace(file, below(name), tuple.getValueNode());
      if (allowed.length > 0 && !List.of(allowed).contains(name)) {
        throw key.wrong(name, "one of " + String.join(", ", allowed));
      }
      if (fields.put(name, value) != null) {
        throw key.wrong(name, "each name once");
      }
    }
    return fields;
  }

  YamlPlace required(Map<String, YamlPlace> fields, String name) {
    YamlPlace field = fields.get(name);
    if (field == null) {
      throw wrong("no " + name, name + ": …");
    }
    return field;
  }

  List<YamlPlace> items() {
    if (!(node instanceof SequenceNode sequence)) {
      throw wrong(shown(), "a list");
    }
    List<YamlPlace> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(new YamlPlace(file, path + "[" + items.size() + "]", item));
    }
    return items;
  }

  String text() {
    if (!(node instanceof ScalarNode scalar)) {
      throw wrong(shown(), "a text");
    }
    return scalar.getValue();
  }

  /** A text that says something. */
  String word() {
    String text = text();
    if (text.isBlank()) {
      throw wrong(text, "a text that is not empty");
    }
    return text;
  }

  /** A text, or {@code base64: …} where the bytes are no text; one char per byte. */
  String bytesAsText() {
    if (!(node instanceof MappingNode)) {
      return new String(text().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
    YamlPlace coded = required(fields("base64"), "base64");
    String written = coded.text();
    try {
      return new String(Base64.getDecoder().decode(written), StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException invalid) {
      throw coded.wrong(written, "Base64");
    }
  }

  IllegalArgumentException wrong(String value, String expected) {
    int line = node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    String cut = value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
    String place = path.isEmpty() ? "contract" : path;
    return new IllegalArgumentException(
        file + ":" + line + ": " + place + ": " + cut + " (expected: " + expected + ")");
  }

  private String shown() {
    return switch (node) {
      case ScalarNode scalar -> scalar.getValue();
      case MappingNode mapping -> "a mapping";
      default -> "a list";
    };
  }

  private String below(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
