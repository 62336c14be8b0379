package dev.banyan.rules;

import dev.banyan.rules.HealthPolicy.InPanic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads how an upstream is treated: affinity, health, retry, breaker, bodies and TLS. */
final class UpstreamPolicyReader {
  private static final Map<String, InPanic> IN_PANIC =
      Map.of("use-all", InPanic.USE_ALL, "refuse", InPanic.REFUSE);
  private static final int DEFAULT_CAP = 10 * 1024 * 1024;
  private static final Map<String, RequestBody> BODIES =
      Map.of(
          "streamed",
          new RequestBody.Streamed(),
          "buffered",
          new RequestBody.Buffered(DEFAULT_CAP));
  private static final Pattern COOKIE = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
  private static final Pattern PATH = Pattern.compile("/[!-~]{0,500}");
  private static final Pattern SERVER_NAME =
      Pattern.compile("[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63}){0,30}");
  private static final int MAX_ATTEMPTS = 5;
  private static final int MAX_FAILURES = 1000;
  private static final int MAX_WINDOW = 10_000;
  private static final int MAX_IN_FLIGHT = 1_000_000;

  private UpstreamPolicyReader() {}

  static UpstreamPolicies read(Fields fields, int urls) {
    UpstreamPolicies standard = UpstreamPolicies.DEFAULT;
    return new UpstreamPolicies(
        fields.find("affinity").flatMap(UpstreamPolicyReader::affinity).orElse(standard.affinity()),
        fields.find("health").map(UpstreamPolicyReader::health).orElse(standard.health()),
        fields
            .find("retry")
            .map(UpstreamPolicyReader::retry)
            .orElse(urls > 1 ? RetryPolicy.ELSEWHERE : RetryPolicy.NONE),
        fields.find("breaker").map(UpstreamPolicyReader::breaker).orElse(standard.breaker()),
        fields.find("in-flight").flatMap(n -> n.number(1, MAX_IN_FLIGHT)).orElse(0),
        fields
            .find("request-body")
            .flatMap(UpstreamPolicyReader::requestBody)
            .orElse(standard.requestBody()),
        fields.find("tls").map(UpstreamPolicyReader::tls).orElse(standard.tls()));
  }

  private static Optional<Affinity> affinity(RuleNode node) {
    Fields fields = node.fields(List.of("cookie", "header"));
    if (fields.wants("cookie") == fields.wants("header")) {
      node.problemAtKey(
          "affinity without its one key", "expected { cookie: NAME } or { header: NAME }");
      return Optional.empty();
    }
    return fields.wants("cookie")
        ? fields.find("cookie").flatMap(n -> n.text(UpstreamPolicyReader::cookie))
        : fields
            .find("header")
            .flatMap(n -> n.text(t -> new Affinity.Header(RouteReader.headerName(t))));
  }

  private static Affinity cookie(String text) {
    return new Affinity.Cookie(
        matching(COOKIE, "cookie", text, "a name such as ASP.NET_SessionId"));
  }

  private static HealthPolicy health(RuleNode node) {
    HealthPolicy standard = HealthPolicy.DEFAULT;
    Fields fields =
        node.fields(List.of("path", "interval", "failures", "rest", "panic", "in-panic"));
    return new HealthPolicy(
        fields
            .find("path")
            .flatMap(n -> n.text(t -> matching(PATH, "path", t, "a path such as /healthz"))),
        fields
            .find("interval")
            .flatMap(n -> n.value(Quantity::duration))
            .orElse(standard.interval()),
        fields.find("failures").flatMap(n -> n.number(1, MAX_FAILURES)).orElse(standard.failures()),
        fields.find("rest").flatMap(n -> n.value(Quantity::duration)).orElse(standard.rest()),
        fields.find("panic").flatMap(n -> n.value(Quantity::share)).orElse(standard.panic()),
        fields
            .find("in-panic")
            .flatMap(n -> n.text(text -> PolicyReader.word("in-panic", text, IN_PANIC)))
            .orElse(standard.inPanic()));
  }

  private static RetryPolicy retry(RuleNode node) {
    RetryPolicy standard = RetryPolicy.ELSEWHERE;
    Fields fields = node.fields(List.of("attempts", "budget", "pause"));
    return new RetryPolicy(
        fields.find("attempts").flatMap(n -> n.number(0, MAX_ATTEMPTS)).orElse(standard.attempts()),
        fields.find("budget").flatMap(n -> n.value(Quantity::share)).orElse(standard.budget()),
        fields.find("pause").flatMap(n -> n.value(Quantity::duration)).orElse(standard.pause()));
  }

  private static BreakerPolicy breaker(RuleNode node) {
    BreakerPolicy standard = BreakerPolicy.DEFAULT;
    Fields fields = node.fields(List.of("failures", "of", "pause"));
    return new BreakerPolicy(
        fields.find("failures").flatMap(n -> n.value(Quantity::share)).orElse(standard.failures()),
        fields.find("of").flatMap(n -> n.number(1, MAX_WINDOW)).orElse(standard.of()),
        fields.find("pause").flatMap(n -> n.value(Quantity::duration)).orElse(standard.pause()));
  }

  private static Optional<RequestBody> requestBody(RuleNode node) {
    if (node.isMapping()) {
      Fields fields = node.fields(List.of("buffered"));
      return fields
          .required("buffered", "expected streamed or { buffered: 10MB }")
          .flatMap(n -> n.value(Quantity::bytes))
          .map(RequestBody.Buffered::new);
    }
    return node.text(text -> PolicyReader.word("request-body", text, BODIES));
  }

  private static UpstreamTls tls(RuleNode node) {
    Fields fields = node.fields(List.of("ca", "certificate", "key", "server-name"));
    if (fields.wants("certificate") != fields.wants("key")) {
      node.problemAtKey("certificate and key: one of them", "write both of them or none");
    }
    return new UpstreamTls(
        fields.find("ca").flatMap(RuleNode::text),
        fields.find("certificate").flatMap(RuleNode::text),
        fields.find("key").flatMap(RuleNode::text),
        fields
            .find("server-name")
            .flatMap(
                n ->
                    n.text(
                        t ->
                            matching(
                                SERVER_NAME, "server-name", t, "a name such as shop.example"))));
  }

  private static String matching(Pattern pattern, String what, String text, String expected) {
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException(what + ": " + text + " (expected " + expected + ")");
    }
    return text;
  }
}
