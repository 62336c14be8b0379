package dev.banyan.rules;

import dev.banyan.rules.CanaryPolicy.Mode;
import dev.banyan.rules.CanaryPolicy.Sticky;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads how a route goes through its canaries. */
final class CanaryReader {
  private static final Map<String, Mode> MODES =
      Map.of(
          "manual", Mode.MANUAL,
          "automatic", Mode.AUTOMATIC,
          "automatic-with-approval", Mode.AUTOMATIC_WITH_APPROVAL);
  private static final Map<String, Sticky> STICKY_WORDS =
      Map.of("banyan-cookie", new Sticky.BanyanCookie(), "none", new Sticky.None());
  private static final Pattern COOKIE = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

  /** Often a URI; without what JSON would write in another way. */
  private static final Pattern CLAIM = Pattern.compile("[\\x21-\\x7e&&[^\"\\\\]]{1,200}");

  private CanaryReader() {}

  static CanaryPolicy canary(RuleNode node) {
    CanaryPolicy standard = CanaryPolicy.DEFAULT;
    Fields fields = node.fields(List.of("steps", "pause", "mode", "sticky", "cohorts"));
    return new CanaryPolicy(
        fields.find("steps").map(CanaryReader::steps).orElse(standard.steps()),
        fields.find("pause").flatMap(n -> n.value(Quantity::duration)).orElse(standard.pause()),
        fields
            .find("mode")
            .flatMap(n -> n.text(text -> PolicyReader.word("mode", text, MODES)))
            .orElse(standard.mode()),
        fields.find("sticky").flatMap(CanaryReader::sticky).orElse(standard.sticky()),
        fields.find("cohorts").map(CanaryReader::cohorts).orElse(standard.cohorts()));
  }

  private static List<Share> steps(RuleNode node) {
    List<Share> steps = new ArrayList<>();
    for (RuleNode item : node.oneOrMore("leave the key away to take steps of any size")) {
      Share before = steps.isEmpty() ? Share.NONE : steps.getLast();
      item.value(text -> step(text, before)).ifPresent(steps::add);
    }
    return steps;
  }

  private static Share step(String text, Share before) {
    Share step = Quantity.share(text);
    if (step.compareTo(before) <= 0 || step.equals(Share.ALL)) {
      throw new IllegalArgumentException(
          "step: " + text + " (expected above " + before + " and below 100%)");
    }
    return step;
  }

  private static Optional<Sticky> sticky(RuleNode node) {
    if (node.node() instanceof ScalarNode) {
      return node.text(text -> PolicyReader.word("sticky", text, STICKY_WORDS));
    }
    List<String> keys = List.of("header", "cookie", "claim");
    Fields fields = node.fields(keys);
    if (keys.stream().filter(key -> fields.find(key).isPresent()).count() != 1) {
      node.problem(
          "sticky: a mapping without one of header, cookie and claim",
          "write { header: X-Tenant }, { cookie: session }, { claim: sub }, banyan-cookie or none");
      return Optional.empty();
    }
    Optional<Sticky> header =
        fields.find("header").flatMap(n -> n.text(RouteReader::headerName)).map(Sticky.Header::new);
    Optional<Sticky> cookie =
        fields.find("cookie").flatMap(n -> n.text(CanaryReader::cookie)).map(Sticky.Cookie::new);
    Optional<Sticky> claim =
        fields.find("claim").flatMap(n -> n.text(CanaryReader::claim)).map(Sticky.Claim::new);
    return header.or(() -> cookie).or(() -> claim);
  }

  private static String claim(String text) {
    if (!CLAIM.matcher(text).matches()) {
      throw new IllegalArgumentException("claim: " + text + " (expected the name of a claim: sub)");
    }
    return text;
  }

  private static String cookie(String text) {
    if (!COOKIE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "cookie: " + text + " (expected a cookie name such as session)");
    }
    return text;
  }

  private static List<Cohort> cohorts(RuleNode node) {
    List<Cohort> cohorts = new ArrayList<>();
    for (RuleNode item : node.list()) {
      Fields fields = item.fields(List.of("header", "values", "share"));
      Optional<String> header =
          fields
              .required("header", "name the header that tells them, such as X-Tenant")
              .flatMap(n -> n.text(RouteReader::headerName));
      Set<String> values = new HashSet<>();
      fields
          .required("values", "list the values of the header that they have")
          .ifPresent(
              list ->
                  list.oneOrMore("list at least one")
                      .forEach(n -> n.value().ifPresent(values::add)));
      Share share = fields.find("share").flatMap(n -> n.value(Quantity::share)).orElse(Share.ALL);
      header.ifPresent(name -> cohorts.add(new Cohort(name, values, share)));
    }
    return cohorts;
  }
}
