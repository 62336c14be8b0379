package dev.banyan.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimpleRequestHeadTest {
  @ParameterizedTest
  @CsvSource({
    "/a, '', /a, ''",
    "/a?b=1#c, '', /a, b=1",
    "http://shop.example:8080/a/../b?x, shop.example:8080, /a/../b, x",
    "https://shop.example, shop.example, /, ''",
    "http://shop.example?x=1, shop.example, /, x=1",
    "http://user:secret@shop.example/a, shop.example, /a, ''",
    "/redirect?to=http://other.example/x, '', /redirect, to=http://other.example/x",
    "*, '', *, ''",
  })
  void aUrlIsTakenApartAndKeptRaw(String url, String host, String path, String query) {
    assertThat(SimpleRequestHead.parse("GET " + url))
        .isEqualTo(new SimpleRequestHead("GET", host, path, query, Map.of()));
  }

  @Test
  void theHostComesFromTheHeadersWhereTheUrlHasNone() {
    SimpleRequestHead head =
        SimpleRequestHead.of("GET", "/a", Map.of("Host", "shop.example", "X-Tenant", "blue"));

    assertThat(head.host()).isEqualTo("shop.example");
    assertThat(head.header("x-tenant")).isEqualTo("blue");
    assertThat(head.header("x-other")).isNull();
  }

  @Test
  void aLineThatIsNoMethodAndUrlIsRefused() {
    assertThatThrownBy(() -> SimpleRequestHead.parse("GET"))
        .hasMessage("request: GET (expected: METHOD URL, such as GET /api/products/1)");
  }
}
