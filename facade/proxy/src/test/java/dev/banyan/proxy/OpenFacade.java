package dev.banyan.proxy;

import dev.banyan.proxy.edge.EdgeLimits;
import dev.banyan.rules.Decision;
import dev.banyan.rules.Upstream;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** A facade to point other people's tests at: the port to listen on, the upstream's URL. */
final class OpenFacade {
  private static final int CONNECTIONS = 20;

  private OpenFacade() {}

  public static void main(String[] args) throws InterruptedException {
    Upstream upstream =
        new Upstream(
            "test",
            List.of(URI.create(args[1])),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            CONNECTIONS);
    Decision decision = Decisions.serve(upstream);
    FacadeSettings settings =
        new FacadeSettings(
            "127.0.0.1",
            Integer.parseInt(args[0]),
            1,
            Duration.ofMinutes(1),
            64,
            1 << 20,
            List.of(),
            EdgeLimits.STANDARD);
    try (FacadeServer facade =
        FacadeServer.start(settings, (head, ticket) -> decision, new KeptExchanges())) {
      System.out.println("listening on " + facade.port());
      Thread.currentThread().join();
    }
  }
}
