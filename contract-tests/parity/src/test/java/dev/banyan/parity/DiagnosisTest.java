package dev.banyan.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.parity.cure.Cure;
import dev.banyan.rules.CompareProfile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {
  private static final Comparer STRICT = Comparer.of(CompareProfile.STRICT);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":\"01:30:00\"}|{\"a\":\"PT1H30M\"}|time.timespan",
        "{\"a\":\"2014-03-09T14:05:30Z\"}|{\"a\":\"2014-03-09T13:05:30Z\"}|zone-shift",
        "{\"a\":\"\\/Date(1394373930250)\\/\"}|{\"a\":\"2014-03-09T14:05:30.25Z\"}|time.dotnet-date",
        "{\"a\":\"2014-03-09T14:05:30\"}|{\"a\":[2014,3,9,14,5,30]}|time-as-number",
        "{\"a\":\"2014-03-09T14:05:30Z\"}|{\"a\":1394373930.25}|time-as-number",
        "{\"a\":\"1.5.2024 10:00\"}|{\"a\":\"2024-05-01T10:00:00\"}|culture",
        "{\"isActive\":true}|{\"active\":true}|bean-prefix bean-prefix",
        "{\"urlValue\":1}|{\"urlvalue\":1}|bean-acronym bean-acronym",
        "{\"FirstName\":1}|{\"firstName\":1}|name-case name-case",
        "{\"FirstName\":1}|{\"first_name\":1}|name-case name-case",
        "{\"d\":{\"a\":1}}|{\"a\":1}|asmx.d-wrapper unknown",
        "{\"a\":0.12}|{\"a\":0.13}|rounding",
        "{\"a\":12.345}|{\"a\":12.35}|precision",
        "{\"a\":200}|{\"a\":-56}|signed-byte",
        "{\"a\":18446744073709551615}|{\"a\":-1}|unsigned-wrap",
        "{\"a\":9007199254740993}|{\"a\":9007199254740992}|through-double",
        "{\"a\":12.50}|{\"a\":\"12.50\"}|number-as-text",
        "{\"a\":2}|{\"a\":\"ACTIVE\"}|enum-number",
        "{\"a\":\"Active\"}|{\"a\":\"ACTIVE\"}|enum.case",
        "{\"a\":null}|{}|json.null-missing",
        "{\"a\":null}|{\"a\":[]}|json.null-empty-list",
        "{\"a\":[0,1]}|{\"a\":\"AAE=\"}|binary.form",
        "{\"a\":\"+/8=\"}|{\"a\":\"-_8\"}|binary.form",
        "{\"a\":\"DE\"}|{\"a\":\"DF\"}|unknown",
        "{\"a\":\"100\"}|{\"a\":\"103\"}|unknown",
        "{\"a\":\"SKU-10\"}|{\"a\":\"SKU-11\"}|unknown",
        "{\"a\":[12]}|{\"a\":\"DF\"}|shape",
        "{\"a\":\"AB-1\"}|{\"a\":\"AB1\"}|unknown",
        "{\"a\":\"A_11\"}|{\"a\":\"A1_1\"}|unknown",
        "{\"traceId\":\"1Z999\"}|{\"traceId\":\"1Z998\"}|unknown",
        "{\"traceId\":\"0HMVD33IIJRFR:00000001\"}|{\"traceId\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"}|trace.id",
        "{\"$id\":\"1\",\"a\":1}|{\"a\":1}|json.references",
        "{\"$id\":\"https://shop.example/a.json\",\"a\":1}|{\"a\":1}|unknown",
        "{\"a\":\"http://legacy-01/x\"}|{\"a\":\"https://shop.example/x\"}|url.host",
        "{\"a\":\"O'Brien & Co\"}|{\"a\":\"O&#39;Brien &amp; Co\"}|html-encoded",
        "{\"a\":\"Größe\"}|{\"a\":\"GrÃ¶Ã\u009fe\"}|charset",
        "{\"a\":\"x😀\"}|{\"a\":\"x?\"}|lost-char",
        "{\"Item1\":1}|{}|tuple",
        "[\"apfel\",\"Äpfel\",\"Banane\",\"Zebra\"]|[\"Banane\",\"Zebra\",\"apfel\",\"Äpfel\"]|collation",
        "[3,1,2]|[1,2,3]|order",
        "{\"Message\":\"No order 1\"}|{\"detail\":\"No order 1\"}|error-shape error-shape",
        "\"Product zzz not found\"|{\"detail\":\"Not Found\"}|error-shape",
        "{\"Message\":\"red\"}|{\"message\":\"red\"}|name-case name-case",
        "{\"status\":1}|{\"colour\":1}|unknown unknown",
        "\"red\"|{\"colour\":\"red\"}|unknown",
        "{\"a\":\"red\"}|{\"a\":\"green\"}|unknown",
      })
  void aDifferenceSaysWhatItLooksLike(String control, String candidate, String names) {
    assertThat(names(STRICT.compare(Answers.json(control), Answers.json(candidate))))
        .containsExactly(names.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "200,307,trailing-slash",
    "302,401,login-redirect",
    "400,422,status.validation",
    "200,404,route-missing",
    "201,415,media-type-refused",
    "200,500,server-error",
    "500,422,refused-not-failed",
  })
  void aStatusSaysWhatItLooksLike(int control, int candidate, String name) {
    Comparison comparison =
        STRICT.compare(Answers.with(control, Body.EMPTY), Answers.with(candidate, Body.EMPTY));
    assertThat(names(comparison)).containsExactly(name);
  }

  @Test
  void aRealBreakSaysHowItIsSettled() {
    Comparison comparison = Answers.strictly("{\"isActive\":true}", "{\"active\":true}");
    Difference first = ((Comparison.Mismatch) comparison).differences().getFirst();
    assertThat(first.diagnosis().text())
        .isEqualTo("the is in front is dropped: isActive vs active");
    assertThat(Cure.of(first).code()).contains("@JsonProperty(\"isActive\")");
  }

  @Test
  void anotherNamespaceIsSaidOnce() {
    String soap = "<a xmlns=\"urn:%s\"><b><c>1</c></b><d/></a>";
    Comparison comparison = STRICT.compare(xml(soap.formatted("one")), xml(soap.formatted("two")));
    assertThat(Answers.differences(comparison)).containsExactly("/a/namespace-uri() value");
    assertThat(names(comparison)).containsExactly("xml-namespace");
  }

  @Test
  void jsonInPlaceOfAPageIsOneDifferenceAndNotOneForEveryElement() {
    Comparison comparison =
        STRICT.compare(
            sent("text/html", "<html><head><title>a</title></head><body>b<p>c</p></body></html>"),
            sent("application/json", "{\"detail\":\"c\"}"));
    assertThat(Answers.differences(comparison))
        .containsExactly("header.content-type value", "body bytes");
    assertThat(names(comparison)).containsExactly("media-type", "unknown");
  }

  private static Observation.Answered sent(String type, String body) {
    return Answers.with(200, body.getBytes(StandardCharsets.UTF_8), "Content-Type", type);
  }

  private static Observation.Answered xml(String text) {
    return Answers.with(
        200, text.getBytes(StandardCharsets.UTF_8), "Content-Type", "application/xml");
  }

  private static List<String> names(Comparison comparison) {
    return ((Comparison.Mismatch) comparison)
        .differences().stream()
            .map(Difference::diagnosis)
            .map(diagnosis -> diagnosis.isKnown() ? diagnosis.name() : "unknown")
            .toList();
  }
}
