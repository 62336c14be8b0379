package dev.banyan.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which claim a client is known by. */
class BearerClaimTest {
  /** Of a user of this number; each token is another one, as it has another time in it. */
  static String token(int user) {
    return bearer("{\"iat\":" + System.nanoTime() + ",\"sub\":\"user-" + user + "\"}");
  }

  private static String bearer(String payload) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return "Bearer e30."
        + base64.encodeToString(payload.getBytes(StandardCharsets.UTF_8))
        + ".c2lnbmF0dXJl";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "{\"sub\":\"ada\"} | ada",
        "{ \"a\" : [1,{\"sub\":\"no\"}], \"sub\" : \"yes\" } | yes",
        "{\"sub\":17} | 17",
        "{\"sub\":\"\"} | ##",
        "{\"x\":\"sub\",\"sub\":\"is a \\\"name\\\"\"} | is a \\\"name\\\"",
        "{\"x\":\"\\\\\",\"sub\":\"after a backslash\"} | after a backslash",
      })
  void itIsTheMemberOfTheOutermostObject(String payload, String expected) {
    assertThat(BearerClaim.of(bearer(payload), "sub")).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"a\":{\"sub\":\"no\"}}",
        "{\"sub\":null}",
        "{\"sub\":[\"a\"]}",
        "{\"sub\":{\"a\":1}}",
        "{\"sub\"",
        "{\"sub\":",
        "{\"sub\":\"cut",
        "{\"sub\\",
        "",
        "sub",
        "{\"SUB\":\"no\"}",
        "{\"subject\":\"no\"}",
        "{\"x\":\"sub\"}",
        "[\"sub\",\"no\"]"
      })
  void whatHasNoSuchMemberNamesNobody(String payload) {
    assertThat(BearerClaim.of(bearer(payload), "sub")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic YTpi", "Bearer", "Bearer a", "Bearer a.b", "Bearer a.%%%.c", ""})
  void whatIsNoTokenNamesNobody(String authorization) {
    assertThat(BearerClaim.of(authorization, "sub")).isNull();
  }

  @Test
  void theSchemeHasNoCaseAndTheNameMayBeAUri() {
    String uri = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name";
    String token = bearer("{\"" + uri + "\":\"ada\"}").replace("Bearer", "bearer");
    assertThat(BearerClaim.of(token, uri)).isEqualTo("ada");
    assertThat(BearerClaim.of(null, uri)).isNull();
  }
}
