package dev.banyan.contracts.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a file holds, reading it ends with a recording or with the one named error. */
class GarbageTest {
  private static final List<String> ENDINGS = List.of("har", "http", "gor", "yaml", "json", "x");

  /** One of each form, to be damaged. */
  private static final List<String> SEEDS =
      List.of(
          """
          {"log": {"entries": [{"time": 1e3, "request": {"method": "POST", "url": "http://a/b?c#d",
          "headers": [{"name": "Host", "value": "a"}], "postData": {"mimeType":
          "application/x-www-form-urlencoded", "params": [{"name": "a b", "value": "ü"}]}},
          "response": {"status": 200, "headers": [{"name": "Content-Type", "value": "text/a;charset=utf-7"}],
          "content": {"size": 4, "text": "AAEC", "encoding": "base64"}}}]}}
          """,
          String.join(
              "\r\n",
              "=== REQUEST (raw bytes)",
              "POST /a HTTP/1.1",
              "Content-Length: 3",
              "",
              "abc",
              "=== RESPONSE (raw bytes)",
              "HTTP/1.1 100 Continue",
              "",
              "HTTP/1.1 200 OK",
              "Transfer-Encoding: chunked",
              "",
              "3;e",
              "abc",
              "0",
              "A: b",
              ""),
          """
          contract: 1
          route: r
          profile: strict
          recorded-at: 2026-11-21T05:00:00Z
          interactions:
            - name: GET /a
              request: { method: GET, target: /a, headers: [ { Accept: text/plain } ] }
              expect: { status: 200, body-text: hello }
          """,
          String.join(
              "\n🐵🙈🙉\n",
              "1 ab 12\nGET / HTTP/1.1\r\n\r\n",
              "2 ab 13 4\nHTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx",
              "3 ab 14 5\nHTTP/1.1 304 Not Modified\r\n\r\n"));

  @Property(tries = 2000)
  void bytesOfAnyKindEndAsARecordingOrAsTheNamedError(@ForAll byte[] bytes) {
    for (String ending : ENDINGS) {
      assertEndsWell(ending, bytes);
    }
  }

  @Property(tries = 8000)
  void damagedFilesEndAsARecordingOrAsTheNamedError(@ForAll("damaged") byte[] bytes) {
    for (String ending : ENDINGS) {
      assertEndsWell(ending, bytes);
    }
  }

  @Provide
  Arbitrary<byte[]> damaged() {
    return Arbitraries.randomValue(GarbageTest::damage);
  }

  /** Bytes changed, ranges repeated, the end cut off. */
  private static byte[] damage(Random random) {
    StringBuilder text = new StringBuilder();
    byte[] seed = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(StandardCharsets.UTF_8);
    text.append(new String(seed, StandardCharsets.ISO_8859_1));
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.setCharAt(at, (char) random.nextInt(256));
        case 1 -> text.insert(at, text.substring(at, Math.min(text.length(), at + 40)));
        case 2 -> text.delete(at, Math.min(text.length() - 1, at + random.nextInt(20)));
        default -> text.insert(at, random.nextInt());
      }
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void assertEndsWell(String ending, byte[] bytes) {
    try {
      Recording read =
          new RecordingReader(new Caps(1 << 20, 4096, 1024, 100), Optional.empty())
              .read("g." + ending, bytes);
      assertThat(read.exchanges()).isNotEmpty();
    } catch (UnreadableRecording named) {
      assertThat(named).hasMessageStartingWith("g." + ending).hasMessageContaining("(expected: ");
    }
  }
}
