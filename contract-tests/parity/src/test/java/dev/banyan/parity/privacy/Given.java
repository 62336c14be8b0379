package dev.banyan.parity.privacy;

import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.rules.PrivateFields;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A masking and answers for it. */
final class Given {
  static final Masking MASKING =
      Masking.with(
          "key".getBytes(StandardCharsets.UTF_8),
          PrivateFields.of(
              List.of(
                  "name",
                  "$.account.balance",
                  "$.lines[*].note",
                  "/order/customer",
                  "header.x-user",
                  "query.q",
                  "form.comment")));

  private Given() {}

  static Observation.Answered answer(String type, String body, String... more) {
    return answer(type, body.getBytes(StandardCharsets.UTF_8), more);
  }

  static Observation.Answered answer(String type, byte[] body, String... more) {
    List<String> fields = new ArrayList<>(List.of("Content-Type", type));
    fields.addAll(List.of(more));
    return new Observation.Answered(
        200,
        headers(fields.toArray(String[]::new)),
        new Body.Whole(body),
        Headers.NONE,
        Duration.ZERO,
        Duration.ZERO);
  }

  static Headers headers(String... namesAndValues) {
    List<Headers.Field> fields = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(new Headers.Field(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new Headers(fields);
  }

  static byte[] bytes(Observation.Answered answer) {
    return ((Body.Whole) answer.body()).bytes();
  }

  static String text(Observation.Answered answer) {
    return new String(bytes(answer), StandardCharsets.UTF_8);
  }
}
