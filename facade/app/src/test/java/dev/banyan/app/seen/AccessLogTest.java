package dev.banyan.app.seen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.proxy.RefusedRequest;
import dev.banyan.proxy.RequestFacts;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogTest {
  @TempDir Path folder;

  @Test
  void aLineIsOneObjectWithoutQueryWhateverThePathHolds() throws Exception {
    AccessLog log = new AccessLog(folder.resolve("access.log").toString(), path -> path);

    log.write(Seen.request("/a\"b\n\u001b[31m/ü?token=secret", 200, null));
    log.write(Seen.request("/gone", 0, "connect-refused"));
    log.close();

    var lines = Files.readAllLines(folder.resolve("access.log"));
    assertThat(lines).hasSize(2);
    JsonObject first = new JsonObject(lines.getFirst());
    assertThat(lines.getFirst()).doesNotContain("secret", "\u001b");
    assertThat(first.getString("path")).isEqualTo("/a\"b\n\u001b[31m/ü");
    assertThat(first.getString("route")).isEqualTo("r");
    assertThat(first.getString("side")).isEqualTo("legacy");
    assertThat(first.getString("stage")).isEqualTo("shadow");
    assertThat(first.getLong("revision")).isEqualTo(7);
    assertThat(first.getInteger("status")).isEqualTo(200);
    assertThat(first.getDouble("millis")).isEqualTo(12.34);
    assertThat(first.getString("trace")).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(first.getInteger("bytes")).isEqualTo(300);
    JsonObject second = new JsonObject(lines.getLast());
    assertThat(second.getString("failure")).isEqualTo("connect-refused");
    assertThat(second.containsKey("status")).isFalse();
  }

  @Test
  void aFallbackIsALineOfLegacyThatNamesTheFailureOfTheMigratedSide() throws Exception {
    AccessLog log = new AccessLog(folder.resolve("access.log").toString(), path -> path);

    log.write(Objects.requireNonNull(SeenRequest.of(Seen.fallenBack("answer-timeout", 200, null))));
    log.write(Seen.request("/", 200, null));
    log.close();

    var lines = Files.readAllLines(folder.resolve("access.log"));
    JsonObject fallen = new JsonObject(lines.getFirst());
    assertThat(fallen.getString("side")).isEqualTo("legacy");
    assertThat(fallen.getString("stage")).isEqualTo("live");
    assertThat(fallen.getInteger("status")).isEqualTo(200);
    assertThat(fallen.getString("fellBackFrom")).isEqualTo("answer-timeout");
    assertThat(fallen.getInteger("retries")).isEqualTo(2);
    assertThat(lines.getLast()).doesNotContain("fellBackFrom", "retries");
  }

  @Test
  void afterALineThatAKillCutComesALineOfItsOwn() throws Exception {
    Path file = folder.resolve("access.log");
    Files.writeString(file, "{\"time\":\"2026-01-01T00:00:00Z\",\"rou");
    AccessLog log = new AccessLog(file.toString(), path -> path);

    log.write(Seen.request("/x", 200, null));
    log.close();

    assertThat(Files.readAllLines(file))
        .hasSize(2)
        .last()
        .asString()
        .startsWith("{\"time\"")
        .endsWith("}");
  }

  @Test
  void aRefusalHasALineWithItsReasonAndWithoutQuery() throws Exception {
    AccessLog log = new AccessLog(folder.resolve("access.log").toString(), path -> path);

    log.write(new SeenRefusal(new RefusedRequest(0, "connections", null), 0));
    RequestFacts facts = new RequestFacts("PUT", "/in?token=secret", null, null, null, 0, 0);
    log.write(new SeenRefusal(new RefusedRequest(403, "rule", "internals", facts), 0));
    log.writeSuppressed(17, 1000);
    log.close();

    assertThat(Files.readAllLines(folder.resolve("access.log")))
        .containsExactly(
            "{\"time\":\"1970-01-01T00:00:00Z\",\"refused\":\"connections\"}",
            "{\"time\":\"1970-01-01T00:00:00Z\",\"refused\":\"rule\",\"status\":403,"
                + "\"route\":\"internals\",\"method\":\"PUT\",\"path\":\"/in\"}",
            "{\"time\":\"1970-01-01T00:00:01Z\",\"refusalsWithoutLine\":17}");
  }

  @Test
  void aFileThatWasMovedAwayIsMadeAnew() throws Exception {
    Path file = folder.resolve("access.log");
    AccessLog log = new AccessLog(file.toString(), path -> path);
    log.write(Seen.request("/before", 200, null));
    log.flush();

    Files.move(file, folder.resolve("access.log.1"));

    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .until(
            () -> {
              log.write(Seen.request("/after", 200, null));
              log.flush();
              return Files.exists(file);
            });
    log.close();
    assertThat(Files.readString(file)).contains("/after").doesNotContain("/before");
    assertThat(Files.readString(folder.resolve("access.log.1"))).contains("/before");
  }

  @Test
  void offWritesNothing() throws Exception {
    AccessLog log = new AccessLog("off", path -> path);

    log.write(Seen.request("/", 200, null));
    log.close();

    assertThat(log.wanted()).isFalse();
    assertThat(folder).isEmptyDirectory();
  }
}
