package dev.banyan.parity;

import dev.banyan.rules.CompareProfile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes answers for tests. */
final class Answers {
  private Answers() {}

  static Observation.Answered json(String body) {
    return with(200, body.getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json");
  }

  static Observation.Answered with(int status, byte[] body, String... namesAndValues) {
    return with(status, new Body.Whole(body), namesAndValues);
  }

  static Observation.Answered with(int status, Body body, String... namesAndValues) {
    List<Headers.Field> fields = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(new Headers.Field(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new Observation.Answered(
        status, new Headers(fields), body, Headers.NONE, Duration.ZERO, Duration.ZERO);
  }

  static Comparison strictly(String control, String candidate) {
    return Comparer.of(CompareProfile.STRICT).compare(json(control), json(candidate));
  }

  static Comparison unordered(String control, String candidate) {
    CompareProfile profile =
        new CompareProfile(
            "unordered",
            CompareProfile.VISIBLE_HEADERS,
            CompareProfile.Arrays.UNORDERED,
            List.of());
    return Comparer.of(profile).compare(json(control), json(candidate));
  }

  /** The differences that nothing accepts, as {@code location kind}; none for a match. */
  static List<String> differences(Comparison comparison) {
    return switch (comparison) {
      case Comparison.Match() -> List.of();
      case Comparison.Mismatch mismatch ->
          mismatch.differences().stream().map(d -> d.location() + " " + d.kind().word()).toList();
      default -> throw new AssertionError("expected Match or Mismatch, was " + comparison);
    };
  }
}
