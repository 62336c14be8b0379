package dev.banyan.parity.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class MaskingTest {
  private final Masking masking = Given.MASKING;

  @Test
  void jsonKeepsItsWritingAndLosesItsPrivateValues() {
    String json =
        """
        { "id": 17, "Name" : "Jane \\u0044oe", "mail":"jane@example.com", "at":"2026-11-21T05:00:00Z",
          "account": {"balance": -12.50, "open": true, "iban": "DE89370400440532013000"},
          "lines": [{"note":"call her","sku":"A-1"},{"note":null,"sku":"A-2"}],
          "card": 4111111111111111, "jane@example.com": 1, "ratio": 0.4111111111111111 }
        """;

    String masked = body("application/json", json);

    assertThat(masked)
        .doesNotContain("Jane", "oe\"", "jane@", "12.50", "DE89", "call", ": 41111", "example")
        .contains(
            "{ \"id\": 17, \"Name\" : \"",
            "\"at\":\"2026-11-21T05:00:00Z\"",
            "0.4111111111111111",
            "A-1",
            "\"note\":null");
    assertThat(masked).containsPattern("\"card\": [1-9][0-9]{15},");
    assertThat(masked).containsPattern("\"balance\": -[1-9][0-9]\\.[1-9]0,");
    assertThat(masked).containsPattern("\"mail\":\"[a-z]{4}@[a-z]{7}\\.[a-z]{3}\"");
    assertThat(masked).containsPattern("\"[a-z]{4}@[a-z]{7}\\.[a-z]{3}\": 1");
  }

  @Test
  void jsonThatIsBrokenNestedOrCalledSomethingElseIsMaskedAsWell() {
    assertThat(body("application/json", "{\"name\":\"Jane\",,\"x\":[1,"))
        .doesNotContain("Jane")
        .endsWith(",,\"x\":[1,");
    assertThat(body("application/json", "{\"name\":\"Jane")).contains("{\"name\":\"");
    assertThat(body("text/plain", "{\"name\":\"Jane\"}")).doesNotContain("Jane");
    assertThat(body("application/json", "{\"json\":\"{\\\"name\\\":\\\"Jane\\\"}\"}"))
        .doesNotContain("Jane")
        .contains("\\\"name\\\"");
    assertThat(body("text/event-stream", "data: {\"name\":\"Jane\"}\n\ndata: {\"id\":1}\n\n"))
        .doesNotContain("Jane")
        .endsWith("data: {\"id\":1}\n\n");
    assertThat(body("application/json", "[".repeat(5000) + "{\"name\":\"Jane\"}"))
        .doesNotContain("Jane");
  }

  @Test
  void xmlKeepsItsTagsAndLosesItsPrivateValues() {
    String xml =
        """
        <?xml version="1.0"?><!-- ask jane@example.com -->
        <o:Order xmlns:o="urn:o" id="17"><o:Customer since="2014"><Code>K 9</Code> x</o:Customer>
          <Contact name="Jane" mail='jane&#64;example.com'/><Name>Jane &amp; Joe</Name>
          <Note><![CDATA[+49 30 1234567]]></Note><Payload>&lt;Name&gt;Jane&lt;/Name&gt;</Payload>
          <Total>17.50</Total></o:Order>
        """;

    String masked = body("application/xml", xml);

    assertThat(masked)
        .doesNotContain("jane", "Jane", "Joe", "2014", "K 9", "1234567", "example")
        .contains(
            "<?xml version=\"1.0\"?><!-- ask ",
            "<o:Order xmlns:o=\"urn:o\" id=\"17\"><o:Customer since=\"",
            "<Total>17.50</Total></o:Order>",
            "&lt;Name&gt;")
        .containsPattern("<Code>[A-Z] \\d</Code> [a-z]</o:Customer>")
        .containsPattern("<Name>[A-Z][a-z]{3} &amp; [A-Z][a-z]{2}</Name>");
  }

  @Test
  void pagesLoseTheirFieldsScriptsAndTokens() {
    String page =
        """
        <!DOCTYPE html><html><head><title>Shop</title></head><body>
        <input type="hidden" name="__VIEWSTATE" value="/wEPDwUKMTY1NDU2MTA1Mg">
        <input name="name" value="Jane"><input name="size" value="L">
        <a href="/orders?q=1&amp;name=Jane+Doe&amp;page=2">4111 1111 1111 1111</a>
        <script>var user = {"name":"Jane","n":1};</script>
        <textarea name="name">Jane</textarea><p>1 < 2</p></body></html>
        """;

    String masked = body("text/html; charset=utf-8", page);

    assertThat(masked)
        .doesNotContain("Jane", "wEPDwUK", "4111 ", "Doe")
        .contains(
            "<title>Shop</title>",
            "name=\"__VIEWSTATE\"",
            "<input name=\"size\" value=\"L\">",
            "&amp;page=2\">",
            ",\"n\":1};</script>",
            "<p>1 < 2</p></body></html>");
  }

  @Test
  void formsTargetsAndPartsLoseTheirPrivateValues() {
    assertThat(
            body("application/x-www-form-urlencoded", "name=Jane+Doe&n=1&comment=x9&password=p1"))
        .doesNotContain("Jane", "Doe", "x9", "p1")
        .startsWith("name=")
        .contains("&n=1&comment=");
    assertThat(
            masking.target("/users/jane%40example.com/orders/17?page=2&q=shoes&access_token=t0k"))
        .doesNotContain("jane", "shoes", "t0k")
        .containsPattern(
            "^/users/[a-z]{4}%40[a-z]{7}\\.[a-z]{3}/orders/17\\?page=2&q=[a-z]{5}&acc");
    assertThat(masking.target("/shop/(S(lit3py55t21z5v55vlm25s55))/a.aspx;jsessionid=ab12"))
        .doesNotContain("lit3py", "ab12")
        .containsPattern(
            "^/shop/\\([A-Z]\\([a-z0-9]{24}\\)\\)/a\\.aspx;jsessionid=[a-z]{2}\\d\\d$");
    assertThat(masking.target("/#access_token=eyJ0b2tlbg&token_type=bearer&state=/a"))
        .doesNotContain("eyJ0b2tlbg")
        .matches("/#access_token=[A-Za-z0-9]{10}&token_type=bearer&state=/a");
    assertThat(masking.target("/a?page=2#/orders?name=Jane&to=jane@example.com#id_token=t0k"))
        .doesNotContain("Jane", "jane", "t0k")
        .startsWith("/a?page=2#/orders?name=")
        .contains("#id_token=");
    assertThat(masking.target("/a?q=shoes#top")).matches("/a\\?q=(?!shoes)[a-z]{5}#top");
    assertThat(body("text/plain", "see https://shop/#access_token=eyJ0b2tlbg&token_type=bearer"))
        .doesNotContain("eyJ0b2tlbg")
        .startsWith("see https://shop/#access_token=")
        .endsWith("&token_type=bearer");
    assertThat(masking.target("/api/products/4711?sort=price"))
        .isEqualTo("/api/products/4711?sort=price");
    String parts =
        """
        --b
        Content-Disposition: form-data; name="name"

        Jane
        --b
        Content-Disposition: form-data; name="f"; filename="f.json"
        Content-Type: application/json

        {"name":"Jane","n":1}
        --b
        Content-Disposition: form-data; name="g"
        Content-Type: image/png

        \u0001\u0002Jane
        --b--
        """
            .replace("\n", "\r\n");
    assertThat(body("multipart/form-data; boundary=b", parts))
        .doesNotContain("Jane")
        .contains(
            "--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\n",
            ",\"n\":1}\r\n--b\r\n",
            "\r\n\r\n(binary, 6 bytes, ")
        .endsWith("\r\n--b--\r\n");
  }

  @Test
  void headersLoseTheirCredentialsAndKeepWhatNamesThem() {
    Headers masked =
        masking
            .request(
                new RequestCopy(
                    "GET",
                    "/",
                    Given.headers(
                        "Authorization", "Bearer abc.DEF.123",
                        "Cookie", "sid=s3cr3t; lang=de",
                        "X-Api-Key", "k3y",
                        "X-User", "jane",
                        "Referer", "https://shop/?q=shoes&page=1",
                        "Location", "https://app/#access_token=eyJ0b2tlbg&name=Joe+Doe",
                        "Accept", "text/html;q=0.9",
                        "X-Note", "to jane@example.com"),
                    Body.EMPTY))
            .headers();

    assertThat(masked.first("authorization").orElseThrow())
        .matches("Bearer [a-z]{3}\\.[A-Z]{3}\\.\\d{3}")
        .isNotEqualTo("Bearer abc.DEF.123");
    assertThat(masked.first("cookie").orElseThrow())
        .matches("sid=[a-z]\\d[a-z]{2}\\d[a-z]; lang=..");
    assertThat(masked.toString())
        .doesNotContain("s3cr3t", "k3y", "jane", "shoes", "eyJ0b2tlbg", "Joe");
    assertThat(masked.first("accept")).contains("text/html;q=0.9");
    assertThat(
            masking
                .answer(
                    Given.answer(
                        "text/plain",
                        "x",
                        "Set-Cookie",
                        "id=s3cr3t; Path=/of/jane@mail.example; x=y9; Secure"))
                .headers()
                .first("set-cookie")
                .orElseThrow())
        .matches(
            "id=[a-z]\\d[a-z]{2}\\d[a-z]; Path=/of/(?!jane)[a-z]{4}@[a-z.]+; x=[a-z]\\d; Secure");
  }

  @Test
  void bodiesAreMaskedWithoutTheirCodingInTheirCharsetAndNotAtAllWhereTheyAreNoText()
      throws Exception {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write("{\"name\":\"Jane\"}".getBytes(StandardCharsets.UTF_8));
    }
    Observation.Answered plain =
        masking.answer(
            new Observation.Answered(
                200,
                Given.headers("Content-Type", "application/json", "Content-Encoding", "gzip"),
                new Body.Whole(zipped.toByteArray()),
                Headers.NONE,
                Duration.ZERO,
                Duration.ZERO));
    assertThat(Given.text(plain)).startsWith("{\"name\":\"").doesNotContain("Jane");
    assertThat(plain.headers().first("content-encoding")).isEmpty();

    Charset latin = StandardCharsets.ISO_8859_1;
    byte[] bytes = "{\"name\":\"Müller\",\"n\":\"ü\"}".getBytes(latin);
    assertThat(
            new String(
                Given.bytes(
                    masking.answer(Given.answer("application/json; charset=iso-8859-1", bytes))),
                latin))
        .doesNotContain("ller")
        .endsWith(",\"n\":\"ü\"}");
    byte[] wide = "\uFEFF{\"name\":\"Jane\"}".getBytes(StandardCharsets.UTF_16LE);
    assertThat(
            new String(
                Given.bytes(masking.answer(Given.answer("application/json", wide))),
                StandardCharsets.UTF_16LE))
        .startsWith("\uFEFF{\"name\":\"")
        .doesNotContain("Jane");

    assertThat(body("image/png", "\u0089PNG\u0000jane@example.com"))
        .matches("\\(binary, \\d+ bytes, [0-9a-f]{16}\\)");
    assertThat(body("application/octet-stream", "jane@example.com")).doesNotContain("jane");
  }

  private String body(String type, String body) {
    return Given.text(masking.answer(Given.answer(type, body)));
  }
}
