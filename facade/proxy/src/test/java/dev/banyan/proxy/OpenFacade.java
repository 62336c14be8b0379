package dev.banyan.proxy;

import dev.banyan.proxy.edge.EdgeLimits;
import dev.banyan.rules.Decision;
import dev.banyan.rules.Upstream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A facade to point other people's tests at: the port to listen on, the upstream's URL, and how
 * many connections it may hold where that is not the file limit's to say.
 */
final class OpenFacade {
  private static final int CONNECTIONS = 20;

  private OpenFacade() {}

  public static void main(String[] args) throws InterruptedException {
    Upstream upstream =
        new Upstream(
            "test",
            List.of(URI.create(args[1])),
            Upstream.Protocol.HTTP1,
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
            limits(args.length > 2 ? Integer.parseInt(args[2]) : 0),
            Optional.empty());
    try (FacadeServer facade =
        FacadeServer.start(settings, (head, ticket) -> decision, new KeptExchanges())) {
      System.out.println("listening on " + facade.port());
      Thread.currentThread().join();
    }
  }

  private static EdgeLimits limits(int connections) {
    EdgeLimits standard = EdgeLimits.STANDARD;
    return new EdgeLimits(
        standard.line(),
        standard.headerBytes(),
        standard.headers(),
        standard.body(),
        standard.headWithin(),
        standard.minimumRate(),
        standard.rateGrace(),
        connections,
        standard.connectionsPerAddress(),
        standard.proxyProtocol());
  }
}
