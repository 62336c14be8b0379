package dev.banyan.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules change under traffic as if nothing happened. */
class ReloadUnderLoadIT {
  private static final int RELOADS = 1000;
  private static final int CLIENTS = 4;

  private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
  private final AtomicBoolean over = new AtomicBoolean();

  @Test
  void aThousandReloadsFailAndMisrouteNoRequest(@TempDir Path folder) throws Exception {
    try (NamedUpstream one = new NamedUpstream("one");
        NamedUpstream two = new NamedUpstream("two");
        NamedUpstream rest = new NamedUpstream("rest");
        Facade facade =
            Facade.start(folder, rules(one, rest), Map.of("BANYAN_RULES_WATCH", "0s"))) {
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        String target = i % 2 == 0 ? "/moving" : "/resting";
        clients.add(Thread.ofPlatform().start(() -> ask(facade, target)));
      }

      for (int i = 1; i <= RELOADS; i++) {
        replace(facade.rules(), rules(i % 2 == 0 ? one : two, rest));
        assertThat(facade.call("POST", "/api/v1/rules/reload", "").statusCode()).isEqualTo(200);
      }
      over.set(true);
      for (Thread client : clients) {
        client.join();
      }

      assertThat(facade.read("/api/v1/rules").path("reloads").asInt()).isEqualTo(RELOADS);
      // Exactly the answers that one of the two tables gives, and each of them was met.
      assertThat(answers)
          .containsOnlyKeys("/moving 200 one", "/moving 200 two", "/resting 200 rest");
    }
  }

  private void ask(Facade facade, String target) {
    while (!over.get()) {
      String seen;
      try {
        HttpResponse<byte[]> answer = facade.get(target);
        seen = answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8);
      } catch (IOException | InterruptedException failed) {
        seen = failed.toString();
      }
      answers.computeIfAbsent(target + " " + seen, k -> new LongAdder()).increment();
    }
  }

  static void replace(Path file, String text) throws IOException {
    Path next = file.resolveSibling("." + file.getFileName() + ".next");
    Files.writeString(next, text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String rules(NamedUpstream moving, NamedUpstream rest) {
    return """
        version: 1
        upstreams:
          moving: { url: http://127.0.0.1:%d }
          rest: { url: http://127.0.0.1:%d }
        routes:
          - { id: moving, match: { path: /moving }, legacy: moving }
          - { id: rest, match: { path: /** }, legacy: rest }
        """
        .formatted(moving.port(), rest.port());
  }
}
