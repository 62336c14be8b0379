package dev.banyan.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.CompareProfile;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attachments of MTOM are part of the document, by whatever id; none of them is passed over. */
class AttachmentsTest {
  private static final Comparer STRICT = Comparer.of(CompareProfile.STRICT);
  private static final String TYPE =
      "multipart/related;type=\"application/xop+xml\";boundary=\"uuid:1+id=1\"";

  @ParameterizedTest
  @CsvSource({
    "http%3A%2F%2Ftempuri.org%2F1%2F6326, http://tempuri.org/1/6326",
    "http%3a%2f%2ftempuri.org%2f1%2f6326, http://tempuri.org/1/6326",
    "http://tempuri.org/1/6326, http://tempuri.org/1/6326",
    "1%40x, 1@x",
    "1@x, 1@x",
    "a+b@x, a+b@x",
    "a%2Bb@x, a+b@x",
    "a%40x, a%40x",
  })
  void anAttachmentIsFoundByItsIdHoweverItIsWritten(String href, String id) {
    Observation control = message(include(href), part(id, "AB"));

    assertThat(STRICT.compare(control, message(include("1@y"), part("1@y", "AB"))))
        .isEqualTo(new Comparison.Match());
    assertThat(STRICT.compare(control, message("<a>QUI=</a>"))).isEqualTo(new Comparison.Match());
    assertThat(
            Answers.differences(
                STRICT.compare(control, message(include("1@y"), part("1@y", "AC")))))
        .containsExactly("/a value");
  }

  @Test
  void aReferenceToNothingStaysVisible() {
    Observation control = message(include("1@x"), part("2@x", "AB"));

    assertThat(differences(control, message(include("1@x"), part("2@x", "AC")))).isNotEmpty();
    assertThat(differences(control, message("<a></a>"))).isNotEmpty();
    assertThat(differences(message(include("1@x")), message(include("2@x")))).isNotEmpty();
  }

  @Test
  void anAttachmentThatNothingRefersToIsCompared() {
    Observation control = message("<a/>", part("1@x", "AB"));

    assertThat(differences(control, message("<a/>", part("1@x", "AC")))).isNotEmpty();
    assertThat(differences(control, message("<a/>"))).isNotEmpty();
    assertThat(differences(control, message("<a/>", part("1@x", "AB")))).isEmpty();
  }

  @Test
  void manyReferencesToOneAttachmentDoNotMultiplyIt() {
    String many = "<a>" + include("1@x").repeat(1000) + "</a>";
    String large = "A".repeat(1 << 20);
    Observation control = message(many, part("1@x", large));

    assertThat(differences(control, message(many, part("1@x", large + "B")))).isNotEmpty();
  }

  @Test
  void aReferenceInAPlainDocumentIsAnElement() {
    assertThat(differences(xml(include("1@x")), xml(include("2@x"))))
        .isEqualTo("/a/Include/@href value");
  }

  private static String differences(Observation control, Observation candidate) {
    return String.join(";", Answers.differences(STRICT.compare(control, candidate)));
  }

  private static String include(String href) {
    return "<a><xop:Include xmlns:xop=\"http://www.w3.org/2004/08/xop/include\" href=\"cid:"
        + href
        + "\"/></a>";
  }

  private static String part(String id, String content) {
    return "Content-ID: <" + id + ">\r\nContent-Type: application/octet-stream\r\n\r\n" + content;
  }

  private static Observation message(String root, String... parts) {
    StringBuilder text = new StringBuilder();
    text.append("--uuid:1+id=1\r\nContent-ID: <http://tempuri.org/0>\r\n");
    text.append("Content-Type: application/xop+xml;charset=utf-8;type=\"text/xml\"\r\n\r\n");
    text.append(root);
    for (String part : parts) {
      text.append("\r\n--uuid:1+id=1\r\n").append(part);
    }
    return answer(TYPE, text.append("\r\n--uuid:1+id=1--\r\n").toString());
  }

  private static Observation xml(String text) {
    return answer("text/xml", text);
  }

  private static Observation answer(String type, String text) {
    return Answers.with(200, text.getBytes(StandardCharsets.UTF_8), "Content-Type", type);
  }
}
