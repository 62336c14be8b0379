package dev.banyan.app.seen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.proxy.RefusedRequest;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalLinesTest {
  private static final int FLOOD = 5000;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @TempDir Path folder;

  @Test
  void aFloodOfRefusalsIsAFewLinesAndOneNumberASecond() throws Exception {
    Path file = folder.resolve("access.log");
    AccessLog access = new AccessLog(file.toString(), path -> path);
    RefusalLines lines = new RefusalLines(access);
    long begin = System.nanoTime() / SECOND * SECOND + SECOND;

    for (int second = 0; second < 2; second++) {
      long now = begin + second * SECOND;
      for (int i = 0; i < FLOOD; i++) {
        SeenRefusal line = lines.lineOf(new RefusedRequest(404, "no-route", null), now + i);
        if (line != null) {
          access.write(line);
        }
        lines.tellOfOthers(now + i, false);
      }
    }
    lines.tellOfOthers(begin + 2 * SECOND, true);
    access.close();

    List<JsonObject> written = Files.readAllLines(file).stream().map(JsonObject::new).toList();
    assertThat(written).filteredOn(line -> line.containsKey("refused")).hasSize(2 * 50);
    List<JsonObject> numbers =
        written.stream().filter(line -> line.containsKey("refusalsWithoutLine")).toList();
    assertThat(numbers).hasSizeBetween(2, 3);
    assertThat(numbers.stream().mapToLong(line -> line.getLong("refusalsWithoutLine")).sum())
        .isEqualTo(2 * (FLOOD - 50));
  }

  @Test
  void withoutAnAccessLogNothingIsKept() {
    RefusalLines lines = new RefusalLines(new AccessLog("off", path -> path));
    assertThat(lines.lineOf(new RefusedRequest(404, "no-route", null), 0)).isNull();
  }
}
