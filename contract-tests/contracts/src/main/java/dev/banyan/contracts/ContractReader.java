package dev.banyan.contracts;

import dev.banyan.contracts.Contract.Interaction;
import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Reads contracts. Stops at the first thing that is wrong, and says where and what to do. */
final class ContractReader {
  /** As differences write them: JSON, elements, lines, and what else bodies are made of. */
  private static final Pattern LOCATION =
      Pattern.compile("(?s)body(\\[\\*])?|[$/].*|header\\..+|(form|parts|events|messages)[.\\[].*");

  private static final int MIN_STATUS = 200;
  private static final int MAX_STATUS = 599;
  private static final String BODY_JSON = "body-json";
  private static final String BODY_TEXT = "body-text";
  private static final String BODY_BASE64 = "body-base64";

  private ContractReader() {}

  static Contract read(String name, String yaml) {
    YamlPlace root = YamlPlace.root(name, yaml);
    Map<String, YamlPlace> fields =
        root.fields("contract", "route", "profile", "recorded-at", "interactions");
    YamlPlace version = root.required(fields, "contract");
    if (!version.text().equals(ContractYaml.VERSION)) {
      throw version.wrong(version.text(), ContractYaml.VERSION);
    }
    List<Interaction> interactions = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (YamlPlace place : root.required(fields, "interactions").items()) {
      Interaction interaction = interaction(place);
      if (!names.add(interaction.name())) {
        throw place.wrong(interaction.name(), "a name that no other interaction has");
      }
      interactions.add(interaction);
    }
    return new Contract(
        root.required(fields, "route").word(),
        root.required(fields, "profile").word(),
        instant(root.required(fields, "recorded-at")),
        interactions);
  }

  private static Interaction interaction(YamlPlace place) {
    Map<String, YamlPlace> fields = place.fields("name", "request", "expect", "volatile", "masked");
    return new Interaction(
        place.required(fields, "name").word(),
        request(place.required(fields, "request")),
        answer(place.required(fields, "expect")),
        places(fields.get("volatile")),
        places(fields.get("masked")));
  }

  private static Set<String> places(@Nullable YamlPlace list) {
    Set<String> places = new LinkedHashSet<>();
    if (list != null) {
      for (YamlPlace location : list.items()) {
        places.add(location(location));
      }
    }
    return places;
  }

  private static String location(YamlPlace place) {
    String location = place.word();
    if (!location.equals(Interaction.MASKED_REQUEST) && !LOCATION.matcher(location).matches()) {
      throw place.wrong(location, "a place such as $.items[*].price, header.location or body");
    }
    return location;
  }

  private static RequestCopy request(YamlPlace place) {
    Map<String, YamlPlace> fields =
        place.fields("method", "target", "headers", BODY_JSON, BODY_TEXT, BODY_BASE64);
    YamlPlace target = place.required(fields, "target");
    String written = target.bytesAsText();
    if (!written.startsWith("/") && !written.equals("*")) {
      throw target.wrong(written, "a path that starts with /, with its query");
    }
    return new RequestCopy(
        place.required(fields, "method").word(),
        written,
        headers(fields.get("headers")),
        body(fields));
  }

  private static Observation.Answered answer(YamlPlace place) {
    refuseTrailers(place);
    Map<String, YamlPlace> fields =
        place.fields("status", "headers", BODY_JSON, BODY_TEXT, BODY_BASE64);
    return new Observation.Answered(
        status(place.required(fields, "status")),
        headers(fields.get("headers")),
        body(fields),
        Headers.NONE,
        Duration.ZERO,
        Duration.ZERO);
  }

  /** What is expected must be observable: {@code java.net.http} reads no trailers. */
  private static void refuseTrailers(YamlPlace expected) {
    YamlPlace trailers =
        expected.node() instanceof MappingNode ? expected.fields().get("trailers") : null;
    if (trailers != null) {
      throw trailers.wrong(
          headers(trailers).fields().stream()
              .map(field -> field.name() + ": " + field.value())
              .collect(Collectors.joining(", ")),
          "no trailers: the client that verifies cannot see any; take them out, or take the"
              + " interaction out and compare the route in shadow");
    }
  }

  private static int status(YamlPlace place) {
    String written = place.text();
    if (written.matches("\\d{3}")) {
      int status = Integer.parseInt(written);
      if (status >= MIN_STATUS && status <= MAX_STATUS) {
        return status;
      }
    }
    throw place.wrong(written, "a number from 200 to 599");
  }

  private static Headers headers(@Nullable YamlPlace place) {
    if (place == null) {
      return Headers.NONE;
    }
    List<Headers.Field> fields = new ArrayList<>();
    for (YamlPlace item : place.items()) {
      for (Map.Entry<String, YamlPlace> field : item.fields().entrySet()) {
        String value = field.getValue().bytesAsText();
        if (!field.getKey().matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
          throw item.wrong(field.getKey(), "a header name");
        }
        if (value.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
          throw field.getValue().wrong(value, "one line");
        }
        fields.add(new Headers.Field(field.getKey(), value));
      }
    }
    return new Headers(fields);
  }

  private static Body body(Map<String, YamlPlace> fields) {
    Optional<Body> body = Optional.empty();
    for (String key : List.of(BODY_JSON, BODY_TEXT, BODY_BASE64)) {
      YamlPlace place = fields.get(key);
      if (place != null) {
        if (body.isPresent()) {
          throw place.wrong(key, "only one of body-json, body-text and body-base64");
        }
        body = Optional.of(new Body.Whole(bytes(key, place)));
      }
    }
    return body.orElse(Body.EMPTY);
  }

  private static byte[] bytes(String key, YamlPlace place) {
    String written = place.text();
    if (!key.equals(BODY_BASE64)) {
      return written.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(written.replaceAll("\\s", ""));
    } catch (IllegalArgumentException invalid) {
      throw place.wrong(written, "Base64");
    }
  }

  private static Instant instant(YamlPlace place) {
    try {
      return Instant.parse(place.text());
    } catch (DateTimeParseException invalid) {
      throw place.wrong(place.text(), "an instant such as 2026-11-21T05:00:00Z");
    }
  }
}
