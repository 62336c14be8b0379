package dev.banyan.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.legacy.sample.SampleLegacy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the legacy answers comes through the facade as it is. */
class LegacyFidelityIT {
  private static final Set<String> HOP_BY_HOP =
      Set.of("connection", "keep-alive", "transfer-encoding", "date");

  /**
   * The legacy shows these requests their own headers, the ones that a proxy must add among them.
   */
  private static final String ECHO = "Echo.ashx";

  /**
   * Compiled anew by each of the two instances: the file's bytes are a per-run value, its length is
   * not.
   */
  private static final String COMPILED = "/bin/Legacy.dll";

  @Test
  void everyRecordedRequestIsAnsweredAsWithoutTheFacade(@TempDir Path folder) throws Exception {
    // The same port for both instances: the legacy builds URLs from it.
    SampleLegacy.Options options = SampleLegacy.Options.defaults().withPort(Processes.freePort());
    List<WebRequests.Sent> direct;
    try (SampleLegacy legacy = SampleLegacy.start(options)) {
      direct = WebRequests.sendAll(legacy.uri().getPort());
    }
    List<WebRequests.Sent> proxied;
    SampleLegacy.Kind kind;
    try (SampleLegacy legacy = SampleLegacy.start(options);
        Facade facade = Facade.start(folder, rules(legacy.uri().getPort()))) {
      kind = legacy.kind();
      proxied = WebRequests.sendAll(facade.port());
    }

    List<String> differing = new ArrayList<>();
    int echoes = 0;
    for (int i = 0; i < direct.size(); i++) {
      WebRequests.Sent one = direct.get(i);
      echoes += one.target().contains(ECHO) ? 1 : 0;
      List<String> expected = comparable(one);
      List<String> found = comparable(proxied.get(i));
      if (!expected.equals(found)) {
        differing.add(one.name() + "\n  direct  " + expected + "\n  proxied " + found);
      }
    }
    System.out.printf(
        "legacy-fidelity: %d requests compared on %s: %d equal, %d different; of these %d echo their own"
            + " headers and were compared without the ones the facade adds%n",
        direct.size(), kind, direct.size() - differing.size(), differing.size(), echoes);
    assertThat(direct).hasSizeGreaterThanOrEqualTo(105);
    assertThat(differing).isEmpty();
  }

  private static List<String> comparable(WebRequests.Sent sent) {
    RawExchange answer = sent.answer();
    boolean echo = sent.target().contains(ECHO);
    List<String> lines =
        new ArrayList<>(List.of(answer.statusLine().substring("HTTP/1.x ".length())));
    answer.headers().stream()
        .filter(h -> !HOP_BY_HOP.contains(h.substring(0, h.indexOf(':'))))
        .filter(h -> !(h.startsWith("content-length:") && !keepsLength(sent)))
        .map(LegacyFidelityIT::withoutPerRunValues)
        .sorted()
        .forEach(lines::add);
    if (sent.target().equals(COMPILED)) {
      lines.add("body of " + answer.body().length + " bytes");
    } else if (echo) {
      lines.add(withoutAddedHeaders(answer.text()));
    } else {
      lines.add(
          withoutPerRunValues(
              new String(answer.body(), java.nio.charset.StandardCharsets.ISO_8859_1)));
    }
    return lines;
  }

  /**
   * A 204 has no Content-Length on the way through (RFC 9110 section 8.6 forbids it); echoes and
   * the compiler's error page hold per-run text.
   */
  private static boolean keepsLength(WebRequests.Sent sent) {
    return !sent.target().contains(ECHO)
        && !sent.target().contains("Uncompilable.aspx")
        && !sent.answer().statusLine().contains(" 204 ");
  }

  private static String withoutAddedHeaders(String echoed) {
    return Stream.of(echoed.split("\n"))
        .filter(l -> !l.matches("(?is)(x-forwarded-|forwarded:|traceparent:|connection:).*"))
        .reduce("", (a, b) -> a + "\n" + b);
  }

  private static String withoutPerRunValues(String text) {
    return text.replaceAll("ASP\\.NET_SessionId=[0-9A-F]{24}", "ASP.NET_SessionId=*")
        .replaceAll("\\.LEGACYAUTH=[^;]+", ".LEGACYAUTH=*")
        .replaceAll("^(last-modified|expires|etag): .*", "$1: *")
        .replaceAll("(id=\"__(VIEWSTATE|EVENTVALIDATION)\" value=\")[^\"]*", "$1*")
        .replaceAll("sample-legacy-\\d+", "sample-legacy-*")
        .replaceAll("(temp-aspnet-\\d+/)[0-9a-f]+", "$1*")
        .replaceAll("App_(Web|global\\.asax)_\\w+", "App_$1_*")
        .replaceAll("(<|&lt;)[0-9a-f]{32}(>|&gt;)", "<*>");
  }

  private static String rules(int legacy) {
    return """
        version: 1
        upstreams:
          legacy: { url: http://127.0.0.1:%d }
        routes:
          - { id: everything, match: { path: /** }, legacy: legacy }
        """
        .formatted(legacy);
  }
}
