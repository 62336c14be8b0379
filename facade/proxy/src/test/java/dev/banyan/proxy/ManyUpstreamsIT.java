package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.rules.Decision;
import dev.banyan.rules.RequestHead;
import dev.banyan.rules.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A table that names more upstreams than one event loop keeps for the next table's sake. */
final class ManyUpstreamsIT {
  private static final int MANY = 70;

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  /** One upstream for each path. */
  private record Table(List<Upstream> all) implements Decider {
    @Override
    public Decision decide(RequestHead head, long ticket) {
      return Decisions.serve(all.get(Integer.parseInt(head.path().substring(1))));
    }

    @Override
    public Set<Upstream> upstreams() {
      return Set.copyOf(all);
    }
  }

  @Test
  void noneOfThemClosesTheConnectionsOfAnother() {
    ScriptedUpstream server =
        rig.beside(ScriptedUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
    rig.deciding(
        new Table(
            IntStream.range(0, MANY)
                .mapToObj(i -> server.upstream(Duration.ofSeconds(10 + i), 8))
                .toList()));
    RawClient client = rig.client();
    askEach(client, 64);
    await().pollDelay(Duration.ofMillis(1200)).until(() -> true);
    askEach(client, MANY);
    askEach(client, MANY);
    assertThat(server.connections()).isEqualTo(MANY);
  }

  private static void askEach(RawClient client, int most) {
    for (int i = 0; i < most; i++) {
      assertThat(client.get("/" + i).answer().body()).isEqualTo("ok");
    }
  }
}
