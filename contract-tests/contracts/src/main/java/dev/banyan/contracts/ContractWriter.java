package dev.banyan.contracts;

import dev.banyan.contracts.Contract.Interaction;
import dev.banyan.parity.Bodies;
import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Writes contracts; what it writes, {@link ContractReader} reads back as the same value. */
final class ContractWriter {
  private static final String HEAD =
      """
      # What the legacy side was seen to answer; `banyan contracts verify` holds any system to it.
      # Edit it freely: take out interactions, correct answers, add places to `volatile`
      # (there the value may differ; presence and type must hold). The same holds of places in
      # `masked`, where pseudonyms stand for private values.
      """;

  private static final DumpSettings SETTINGS =
      DumpSettings.builder()
          .setIndent(2)
          .setIndicatorIndent(2)
          .setIndentWithIndicator(true)
          .setSplitLines(false)
          .setWidth(Integer.MAX_VALUE)
          .setUseUnicodeEncoding(true)
          .build();

  private ContractWriter() {}

  static String write(Contract contract) {
    List<NodeTuple> root = new ArrayList<>();
    add(root, "contract", new ScalarNode(Tag.INT, ContractYaml.VERSION, ScalarStyle.PLAIN));
    add(root, "route", text(contract.routeId()));
    add(root, "profile", text(contract.profile()));
    add(root, "recorded-at", text(contract.recordedAt().toString()));
    add(
        root,
        "interactions",
        list(contract.interactions().stream().map(ContractWriter::interaction).toList()));
    StringBuilder out = new StringBuilder(HEAD);
    new Dump(SETTINGS).dumpNode(map(root), new Sink(out));
    return out.toString();
  }

  private static Node interaction(Interaction interaction) {
    List<NodeTuple> fields = new ArrayList<>();
    add(fields, "name", text(interaction.name()));
    add(fields, "request", request(interaction.request()));
    add(fields, "expect", answer(interaction.expected()));
    addPlaces(fields, "volatile", interaction.volatileAt());
    addPlaces(fields, "masked", interaction.maskedAt());
    return map(fields);
  }

  private static void addPlaces(List<NodeTuple> fields, String key, Set<String> places) {
    if (!places.isEmpty()) {
      add(fields, key, list(places.stream().sorted().map(ContractWriter::text).toList()));
    }
  }

  private static Node request(RequestCopy request) {
    List<NodeTuple> fields = new ArrayList<>();
    add(fields, "method", text(request.method()));
    add(fields, "target", bytesAsText(request.target()));
    addHeaders(fields, "headers", request.headers());
    addBody(fields, request.headers(), request.body());
    return map(fields);
  }

  private static Node answer(Observation.Answered answer) {
    List<NodeTuple> fields = new ArrayList<>();
    String status = Integer.toString(answer.status());
    add(fields, "status", new ScalarNode(Tag.INT, status, ScalarStyle.PLAIN));
    addHeaders(fields, "headers", answer.headers());
    addBody(fields, answer.headers(), answer.body());
    return map(fields);
  }

  private static void addHeaders(List<NodeTuple> fields, String key, Headers headers) {
    if (!headers.fields().isEmpty()) {
      List<Node> lines = new ArrayList<>();
      for (Headers.Field field : headers.fields()) {
        List<NodeTuple> line = new ArrayList<>();
        add(line, field.name(), bytesAsText(field.value()));
        lines.add(map(line));
      }
      add(fields, key, list(lines));
    }
  }

  private static void addBody(List<NodeTuple> fields, Headers headers, Body body) {
    if (!(body instanceof Body.Whole(byte[] bytes)) || bytes.length == 0) {
      return;
    }
    Optional<String> text = Utf8.decode(bytes);
    if (text.isEmpty()) {
      add(fields, "body-base64", text(Base64.getEncoder().encodeToString(bytes)));
    } else {
      String key = Bodies.isJson(headers) ? "body-json" : "body-text";
      add(fields, key, block(text.get()));
    }
  }

  /** As it stands, where YAML can say so: not with white space in front. */
  private static Node block(String text) {
    boolean plainStart = !Character.isWhitespace(text.charAt(0));
    return new ScalarNode(
        Tag.STR, text, plainStart ? ScalarStyle.LITERAL : ScalarStyle.DOUBLE_QUOTED);
  }

  /** Header values and targets are one char per byte; people read the bytes as UTF-8. */
  private static Node bytesAsText(String latin1) {
    byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
    Optional<String> text = Utf8.decode(bytes);
    if (text.isPresent()) {
      return text(text.get());
    }
    List<NodeTuple> coded = new ArrayList<>();
    add(coded, "base64", text(Base64.getEncoder().encodeToString(bytes)));
    return map(coded);
  }

  private static void add(List<NodeTuple> fields, String key, Node value) {
    fields.add(new NodeTuple(text(key), value));
  }

  private static Node text(String value) {
    return new ScalarNode(Tag.STR, value, ScalarStyle.PLAIN);
  }

  private static Node list(List<Node> items) {
    return new SequenceNode(Tag.SEQ, items, items.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
  }

  private static Node map(List<NodeTuple> fields) {
    return new MappingNode(Tag.MAP, fields, FlowStyle.BLOCK);
  }

  private record Sink(StringBuilder out) implements StreamDataWriter {
    @Override
    public void write(String text) {
      out.append(text);
    }

    @Override
    public void write(String text, int from, int length) {
      out.append(text, from, from + length);
    }
  }
}
