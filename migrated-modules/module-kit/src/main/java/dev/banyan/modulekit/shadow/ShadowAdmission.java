package dev.banyan.modulekit.shadow;

import dev.banyan.modulekit.shadow.ShadowRequest.Ending;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * Decides which requests are shadow requests, before anything else sees them.
 *
 * <p>A mark that is not believed is refused. To ignore it would carry a rehearsal out for real.
 */
@ApplicationScoped
class ShadowAdmission {

  static final String MARK = "Banyan-Shadow";
  private static final String SECRET = "Banyan-Shadow-Secret";
  private static final String REFUSED = "Banyan-Shadow-Refused";
  private static final int BEFORE_ALL_OTHERS = 100_000;

  private final ShadowSettings settings;
  private final List<Network> trusted;
  private final MeterRegistry meters;

  @Inject
  ShadowAdmission(ShadowSettings settings, MeterRegistry meters) {
    this.settings = settings;
    this.trusted = settings.trusted().stream().map(Network::parse).toList();
    this.meters = meters;
  }

  void register(@Observes Filters filters) {
    filters.register(this::admit, BEFORE_ALL_OTHERS);
  }

  private void admit(RoutingContext exchange) {
    List<String> marks = exchange.request().headers().getAll(MARK);
    if (marks.isEmpty()) {
      exchange.next();
      return;
    }
    if (!marks.stream().allMatch("1"::equals)) {
      refuse(exchange, 400, MARK + ": " + String.join(", ", marks) + " (expected: 1)");
      return;
    }
    if (!isBelieved(exchange)) {
      refuse(
          exchange,
          403,
          MARK + ": not from here (expected: an address of banyan.shadow.trusted, or the secret)");
      return;
    }

    meters.counter("banyan.shadow.requests", "outcome", "admitted").increment();
    ShadowRequest shadow = new ShadowRequest();
    shadow.enter();
    exchange.addHeadersEndHandler(written -> tell(exchange, shadow));
    exchange.addEndHandler(
        ended -> {
          Ending how = ended.succeeded() ? Ending.ANSWERED : Ending.CUT;
          // A rollback waits for the database, and no event loop may.
          var unused = exchange.vertx().executeBlocking(() -> ended(shadow, how), false);
        });
    exchange.next();
  }

  private static boolean ended(ShadowRequest shadow, Ending how) {
    shadow.end(how);
    return true;
  }

  /** The sender can see that its mark was obeyed, and what could not be done as shadow. */
  private static void tell(RoutingContext exchange, ShadowRequest shadow) {
    exchange.response().headers().set(MARK, "1");
    for (String refusal : shadow.refusals()) {
      exchange.response().headers().add(REFUSED, refusal.replaceAll("[^\\x20-\\x7e]", "?"));
    }
  }

  private boolean isBelieved(RoutingContext exchange) {
    String given = exchange.request().getHeader(SECRET);
    if (given != null && settings.secret().isPresent()) {
      return MessageDigest.isEqual(
          given.getBytes(StandardCharsets.UTF_8),
          settings.secret().get().getBytes(StandardCharsets.UTF_8));
    }
    // The peer itself, not what a Forwarded header says of it.
    String peer = exchange.request().connection().remoteAddress().hostAddress();
    return peer != null && isTrusted(peer);
  }

  private boolean isTrusted(String peer) {
    try {
      InetAddress address = InetAddress.getByName(peer);
      return trusted.stream().anyMatch(network -> network.contains(address));
    } catch (UnknownHostException notAnAddress) {
      return false;
    }
  }

  private void refuse(RoutingContext exchange, int status, String reason) {
    meters.counter("banyan.shadow.requests", "outcome", "refused").increment();
    exchange
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .end(reason + "\n");
  }
}
