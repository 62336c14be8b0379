package dev.banyan.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads one route. Whether the names it uses are defined is checked when everything is read. */
final class RouteReader {
  private static final List<String> KEYS =
      List.of(
          "id",
          "match",
          "legacy",
          "migrated",
          "refuse",
          "stage",
          "shadow",
          "compare",
          "budget",
          "gate",
          "canary",
          "noise",
          "rate-limit",
          "fallback",
          "host");
  private static final List<String> MATCH_KEYS =
      List.of("methods", "host", "path", "headers", "query");
  private static final List<String> FORWARD_ONLY =
      List.of(
          "legacy",
          "migrated",
          "stage",
          "shadow",
          "compare",
          "budget",
          "gate",
          "canary",
          "noise",
          "rate-limit",
          "fallback",
          "host");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Pattern STAGE =
      Pattern.compile(
          "legacy|shadow|live|retired|canary(:[0-9]{1,2}(\\.[0-9]{1,2})?%?|\\([0-9]{1,2}(\\.[0-9]{1,2})?%?\\))");
  private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
  private static final Pattern HOST =
      Pattern.compile("(\\*\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+){0,30}|\\[[0-9a-f:.]{2,45}]");
  private static final PathTemplate ANYTHING = PathTemplate.parse("/**");

  private static final Map<String, RouteTarget.Fallback> FALLBACKS =
      Map.of("legacy", RouteTarget.Fallback.LEGACY, "none", RouteTarget.Fallback.NONE);
  private static final Pattern SENT_HOST =
      Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+){0,30}(:[0-9]{1,5})?");

  private RouteReader() {}

  /**
   * A route and where it is written.
   *
   * @param sound whether id and match could be read, so that comparing it with others makes sense
   */
  record Written(Route route, Fields fields, boolean sound) {}

  static Written read(RuleNode node) {
    Fields fields = node.fields(KEYS);
    int before = node.problems().count();
    String id =
        fields
            .required("id", "give the route a name such as catalog.product")
            .flatMap(n -> n.text(RouteReader::name))
            .orElse("");
    RouteMatch match =
        fields
            .required("match", "say which requests it takes: match: { path: /** }")
            .map(RouteReader::match)
            .orElseGet(
                () -> new RouteMatch(Set.of(), Optional.empty(), ANYTHING, Map.of(), Map.of()));
    boolean sound = node.problems().count() == before && fields.find("match").isPresent();
    RouteTarget target = target(fields);
    RateLimit limit = fields.find("rate-limit").flatMap(RateLimitReader::read).orElse(null);
    return new Written(new Route(id, match, target, limit), fields, sound);
  }

  private static RouteTarget target(Fields fields) {
    if (!fields.wants("refuse")) {
      return forward(fields);
    }
    List<String> beside =
        FORWARD_ONLY.stream().filter(key -> fields.find(key).isPresent()).toList();
    if (!beside.isEmpty()) {
      fields
          .at("refuse")
          .problemAtKey(
              "refuse beside " + String.join(", ", beside),
              "a route that refuses names nothing else; keep the one or the other");
    }
    return new RouteTarget.Refusal(
        fields.find("refuse").flatMap(n -> n.number(400, 599)).orElse(403));
  }

  private static RouteTarget forward(Fields fields) {
    String legacy =
        fields
            .required("legacy", "name the legacy upstream, or write refuse: 403")
            .flatMap(RuleNode::text)
            .orElse("");
    Stage stage =
        fields.find("stage").flatMap(n -> n.text(RouteReader::stage)).orElseGet(Stage.Legacy::new);
    if (!fields.wants("migrated") && !(stage instanceof Stage.Legacy)) {
      fields
          .at("stage")
          .problem(
              "stage without migrated: " + stage.text(),
              "name the migrated upstream, or write stage: legacy");
    }
    return new RouteTarget.Forward(
        legacy,
        fields.find("migrated").flatMap(RuleNode::text),
        stage,
        fields.find("shadow").map(ShadowReader::shadow).orElse(ShadowPolicy.DEFAULT),
        fields.find("compare").flatMap(RuleNode::text).orElse(CompareProfile.STRICT.name()),
        fields.find("budget").map(PolicyReader::budget).orElse(Budget.NONE),
        fields.find("gate").map(PolicyReader::gate).orElse(GatePolicy.DEFAULT),
        fields.find("canary").map(CanaryReader::canary).orElse(CanaryPolicy.DEFAULT),
        fields.find("noise").map(NoiseReader::read),
        fields
            .find("fallback")
            .flatMap(n -> n.text(text -> PolicyReader.word("fallback", text, FALLBACKS)))
            .orElse(RouteTarget.Fallback.LEGACY),
        fields
            .find("host")
            .flatMap(n -> n.text(RouteReader::hostSent))
            .orElseGet(HostPolicy.Keep::new));
  }

  private static RouteMatch match(RuleNode node) {
    Fields fields = node.fields(MATCH_KEYS);
    return new RouteMatch(
        fields
            .find("methods")
            .map(n -> PolicyReader.methods(n, "leave the key away to take every method"))
            .orElse(Set.of()),
        fields.find("host").flatMap(n -> n.text(RouteReader::host)),
        fields
            .required("path", "say which paths, such as /api/products/{id} or /**")
            .flatMap(n -> n.text(PathTemplate::parse))
            .orElse(ANYTHING),
        fields.find("headers").map(n -> conditions(n, RouteReader::headerName)).orElse(Map.of()),
        fields.find("query").map(n -> conditions(n, name -> name)).orElse(Map.of()));
  }

  private static Map<String, String> conditions(RuleNode node, Function<String, String> naming) {
    Map<String, String> conditions = new HashMap<>();
    node.entries("names and values")
        .forEach(
            (written, value) -> {
              try {
                String name = naming.apply(written);
                if (conditions.put(name, value.value().orElse("")) != null) {
                  value.problemAtKey("header stands twice: " + name, "keep one of the two");
                }
              } catch (IllegalArgumentException wrong) {
                value.problemAtKey("header: " + written, "expected a header name such as X-Tenant");
              }
            });
    return conditions;
  }

  /** A name of a route, an upstream or a profile. */
  static String name(String text) {
    if (!ID.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "name: " + text + " (expected up to 100 letters, digits, dots, dashes and underscores)");
    }
    return text;
  }

  /** A header's name in lower case. */
  static String headerName(String text) {
    if (!HEADER.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "header: " + text + " (expected a header name such as Content-Type)");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private static Stage stage(String text) {
    if (!STAGE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "stage: " + text + " (expected legacy, shadow, canary:PERCENT, live or retired)");
    }
    return Stage.parse(text);
  }

  private static HostPolicy hostSent(String text) {
    if (text.length() > 253 || !SENT_HOST.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "host: " + text + " (expected keep, upstream or a name such as shop.example:8080)");
    }
    return switch (text) {
      case "keep" -> new HostPolicy.Keep();
      case "upstream" -> new HostPolicy.OfUpstream();
      default -> new HostPolicy.Named(text);
    };
  }

  private static String host(String text) {
    String host = text.toLowerCase(Locale.ROOT);
    if (text.length() > 253 || !HOST.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "host: " + text + " (expected a name such as shop.example or *.example, without port)");
    }
    return host;
  }
}
