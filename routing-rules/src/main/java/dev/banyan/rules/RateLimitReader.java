package dev.banyan.rules;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code rate-limit: { requests: 100/s, burst: 200, per: address }}. */
final class RateLimitReader {
  private static final Pattern REQUESTS = Pattern.compile("([1-9][0-9]{0,6}) ?/ ?([smh])");
  private static final Map<String, Duration> PERIODS =
      Map.of("s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1));
  private static final int MOST = 9_999_999;
  private static final double LONGEST_REFILL_SECONDS = Duration.ofDays(1).toSeconds();
  private static final String HEADER = "header:";

  private RateLimitReader() {}

  record Rate(int requests, Duration period) {}

  private record Sharing(RateLimit.Per per, Optional<String> header) {}

  static Optional<RateLimit> read(RuleNode node) {
    Fields fields = node.fields(List.of("requests", "burst", "per"));
    Optional<Rate> rate =
        fields
            .required("requests", "say how many, such as requests: 100/s")
            .flatMap(n -> n.value(text -> rate("requests", text)));
    Optional<Integer> burst = fields.find("burst").flatMap(n -> n.number(1, MOST));
    Sharing sharing =
        fields
            .find("per")
            .flatMap(n -> n.text(RateLimitReader::sharing))
            .orElse(new Sharing(RateLimit.Per.ROUTE, Optional.empty()));
    if (rate.isPresent() && refills(rate.get(), burst.orElse(1)) > LONGEST_REFILL_SECONDS) {
      fields
          .at("burst")
          .problemAtKey(
              "burst: refilled in more than a day", "take a smaller burst or more requests");
      return Optional.empty();
    }
    return rate.map(
        r ->
            new RateLimit(
                r.requests(),
                r.period(),
                burst.orElse(r.requests()),
                sharing.per(),
                sharing.header().orElse(null)));
  }

  private static double refills(Rate rate, int burst) {
    return (double) rate.period().toSeconds() / rate.requests() * burst;
  }

  static Rate rate(String key, String text) {
    Matcher matcher = REQUESTS.matcher(text);
    Duration period = matcher.matches() ? PERIODS.get(matcher.group(2)) : null;
    if (period == null) {
      throw new IllegalArgumentException(
          key + ": " + text + " (expected a number each s, m or h, such as 100/s)");
    }
    return new Rate(Integer.parseInt(matcher.group(1)), period);
  }

  private static Sharing sharing(String text) {
    if (text.startsWith(HEADER)) {
      String name = RouteReader.headerName(text.substring(HEADER.length()));
      return new Sharing(RateLimit.Per.HEADER, Optional.of(name));
    }
    return switch (text) {
      case "route" -> new Sharing(RateLimit.Per.ROUTE, Optional.empty());
      case "address" -> new Sharing(RateLimit.Per.ADDRESS, Optional.empty());
      default ->
          throw new IllegalArgumentException(
              "per: " + text + " (expected route, address or header:NAME)");
    };
  }
}
