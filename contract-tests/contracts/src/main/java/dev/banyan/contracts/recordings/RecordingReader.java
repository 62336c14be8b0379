package dev.banyan.contracts.recordings;

import dev.banyan.contracts.Contract;
import dev.banyan.contracts.ContractYaml;
import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a file by its form: {@code .har}, {@code .http}, {@code .gor}, a contract of Banyan, or
 * else one body.
 */
public final class RecordingReader {
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("json", "application/json"),
          Map.entry("xml", "application/xml"),
          Map.entry("soap", "text/xml"),
          Map.entry("html", "text/html"),
          Map.entry("htm", "text/html"),
          Map.entry("txt", "text/plain"),
          Map.entry("csv", "text/csv"),
          Map.entry("css", "text/css"),
          Map.entry("js", "text/javascript"),
          Map.entry("form", "application/x-www-form-urlencoded"),
          Map.entry("sse", "text/event-stream"));

  private final Caps caps;
  private final Optional<String> type;

  /**
   * @param type the Content-Type of plain bodies; without one it is told by the end of the name
   */
  public RecordingReader(Caps caps, Optional<String> type) {
    this.caps = caps;
    this.type = type;
  }

  /**
   * Reads one file.
   *
   * @throws UnreadableRecording naming file, entry, value and cure
   */
  public Recording read(Path file) throws UnreadableRecording {
    String name = file.toString();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(caps.file());
      if (in.read() >= 0) {
        throw new UnreadableRecording(
            name, "file", "too large", "at most " + caps.file() + " bytes; split it");
      }
      return read(name, bytes);
    } catch (NoSuchFileException missing) {
      throw new UnreadableRecording(name, "file", "none", "a file that exists");
    } catch (IOException failure) {
      throw new UnreadableRecording(
          name, "file", String.valueOf(failure.getMessage()), "a file that can be read");
    }
  }

  /**
   * Reads the bytes of one file.
   *
   * @param name the file; its end tells the form
   */
  public Recording read(String name, byte[] bytes) throws UnreadableRecording {
    Recording read =
        switch (ending(name)) {
          case "har" -> new HarReader(caps).read(name, bytes);
          case "http" -> new CaptureReader(caps).read(name, bytes);
          case "gor" -> new GoReplayReader(caps).read(name, bytes);
          case "yaml", "yml" -> contract(name, bytes);
          default ->
              type.isEmpty() && GoReplayReader.looksLikeOne(bytes)
                  ? new GoReplayReader(caps).read(name, bytes)
                  : body(name, bytes);
        };
    if (read.exchanges().isEmpty()) {
      throw new UnreadableRecording(name, "exchanges", "none", "one at the least");
    }
    return read;
  }

  private Recording contract(String name, byte[] bytes) throws UnreadableRecording {
    if (type.isPresent()) {
      return body(name, bytes);
    }
    Contract contract;
    try {
      contract = ContractYaml.read(name, new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException wrong) {
      throw new UnreadableRecording(
          name, "contract", String.valueOf(wrong.getMessage()), "a contract of Banyan, or --type");
    }
    return new Recording(
        name,
        contract.interactions().stream()
            .map(
                one ->
                    RecordedExchange.asked(name + "#" + one.name(), one.request(), one.expected()))
            .toList());
  }

  /** An answer of status 200 with this body and a Content-Type. */
  private Recording body(String name, byte[] bytes) {
    Optional<String> told = type.or(() -> Optional.ofNullable(TYPES.get(ending(name))));
    Headers headers =
        told.map(value -> new Headers(List.of(new Headers.Field("Content-Type", value))))
            .orElse(Headers.NONE);
    Body body = bytes.length > caps.body() ? new Body.TooLarge(caps.body()) : new Body.Whole(bytes);
    Observation answer =
        new Observation.Answered(200, headers, body, Headers.NONE, Duration.ZERO, Duration.ZERO);
    return new Recording(name, List.of(RecordedExchange.answerOnly(name, answer)));
  }

  private static String ending(String name) {
    int dot = name.lastIndexOf('.');
    boolean inName = dot > Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
    return inName ? name.substring(dot + 1).toLowerCase(Locale.ROOT) : "";
  }
}
