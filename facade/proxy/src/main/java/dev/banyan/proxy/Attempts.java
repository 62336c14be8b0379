package dev.banyan.proxy;

import dev.banyan.parity.Observation;
import dev.banyan.proxy.outgoing.Asked;
import dev.banyan.proxy.outgoing.Asker;
import dev.banyan.proxy.outgoing.Outgoing;
import dev.banyan.proxy.upstream.Endpoint;
import dev.banyan.proxy.upstream.Loss;
import dev.banyan.rules.Decision;
import dev.banyan.rules.HostPolicy;
import dev.banyan.rules.MethodOverride;
import dev.banyan.rules.RequestBody;
import dev.banyan.rules.RetryPolicy;
import dev.banyan.rules.Upstream;
import dev.banyan.rules.UpstreamPolicies;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where one request is sent: to an upstream, perhaps to it once more, perhaps to legacy instead.
 *
 * <pre>
 *   enter ─ connect ─ answered ─ end
 *     ↑         │
 *     └─ again ─┘   same upstream (retry, within its budget), then legacy (fallback), then -1
 * </pre>
 *
 * Obeys docs/adr/0009-upstreams.md.
 */
final class Attempts {
  private static final int MOST_LOST_CONNECTS = 3;

  private final LoopParts loop;
  private final HttpServerRequest request;
  private final Decision.Serve decision;
  private final boolean bodyless;
  private final long began = System.nanoTime();
  private UpstreamClient client;
  private @Nullable Endpoint endpoint;
  private @Nullable HostRewrite rewrite;
  private @Nullable Asked asked;
  private @Nullable Outgoing sent;
  private boolean inside;
  private boolean staleOnce;
  private int lostConnects;
  private int own;
  private int retries;
  private Observation.@Nullable Failed fellBackFrom;

  Attempts(LoopParts loop, HttpServerRequest request, Decision.Serve decision, boolean bodyless) {
    this.loop = loop;
    this.request = request;
    this.decision = decision;
    this.bodyless = bodyless;
    client = loop.upstreams().of(decision.upstream());
    client.begin();
    client.retries().request();
  }

  /** Reads the body first where the upstream wants it so, else null. */
  @Nullable BodyBuffer bodyBuffer(
      @Nullable BodyTee tee, Runnable whole, Consumer<ForwardFailure> failed) {
    return client.state().upstream().policies().requestBody()
            instanceof RequestBody.Buffered(int cap)
        ? new BodyBuffer(request, cap, tee, loop.context().owner().fileSystem(), whole, failed)
        : null;
  }

  /** Takes a place on a URL, or says why there is none. */
  @Nullable ForwardFailure enter() {
    if (!client.state().breaker().lets()) {
      return ForwardFailure.BREAKER_OPEN;
    }
    Endpoint taken = client.pick(request.headers(), endpoint, loop.random());
    if (taken == null) {
      return ForwardFailure.NONE_WELL;
    }
    if (!client.state().enter()) {
      return ForwardFailure.IN_FLIGHT_FULL;
    }
    taken.begin();
    endpoint = taken;
    inside = true;
    return null;
  }

  /**
   * Asks for a place on a connection.
   *
   * @param upgrade whether it may be agreed to use that one otherwise
   */
  void connect(String target, boolean upgrade, Asker asker) {
    Endpoint to = endpoint;
    if (to == null) {
      throw new IllegalStateException("endpoint: none (expected: entered)");
    }
    asked = client.ask(to, request.method(), target, upgrade, asker);
  }

  /** Writes what the upstream is to be called, and the length of nothing where it wants that. */
  void address(Outgoing out) {
    sent = out;
    MultiMap headers = out.headers();
    HostPolicy host = decision.forwarding().host();
    Endpoint to = endpoint;
    if (!(host instanceof HostPolicy.Keep) && to != null) {
      rewrite = HostRewrite.of(host, to, request, loop.forwarded());
      rewrite.request(headers);
    }
    if (client.state().upstream().policies().requestBody() instanceof RequestBody.Buffered) {
      headers.remove("expect");
      if (bodyless && mayHaveBody(request.method())) {
        headers.set("Content-Length", "0");
      }
    }
  }

  private static boolean mayHaveBody(HttpMethod method) {
    return HttpMethod.POST.equals(method)
        || HttpMethod.PUT.equals(method)
        || HttpMethod.PATCH.equals(method)
        || HttpMethod.DELETE.equals(method);
  }

  /** The head of an answer came. */
  void answered(MultiMap headers) {
    Endpoint from = endpoint;
    if (from != null) {
      from.health().answered();
      client.state().breaker().answered();
    }
    if (rewrite != null) {
      rewrite.answer(headers);
    }
  }

  /**
   * What follows a failure before the first byte of an answer.
   *
   * @param loss what the end of its connection or stream says; of a request that cannot be sent
   *     once more never that nothing was done with it
   * @return milliseconds until the request is to be opened again, or -1 where it has failed
   */
  int again(ForwardFailure failure, Loss loss) {
    leave();
    if (!staleOnce
        && failure == ForwardFailure.RESET_BEFORE_ANSWER
        && (loss == Loss.UNTAKEN || (loss == Loss.KEPT && isRepeatable()))) {
      // Says nothing about the upstream, and each connection can be lost but once: costs no budget.
      staleOnce = true;
      retries++;
      endpoint = null;
      return 0;
    }
    if (failure == ForwardFailure.CONNECT_LOST && lostConnects < MOST_LOST_CONNECTS) {
      // Nothing was sent, and the upstream has no part in it: a descriptor's late event.
      lostConnects++;
      retries++;
      endpoint = null;
      return 0;
    }
    blame(failure);
    RetryPolicy policy = client.state().upstream().policies().retry();
    if (own < policy.attempts() && mayRetry(failure, loss) && client.retries().take()) {
      own++;
      retries++;
      return loop.random().nextInt((int) policy.pause().toMillis() + 1);
    }
    Upstream legacy = decision.forwarding().fallback();
    if (legacy == null || fellBackFrom != null || !isRepeatable()) {
      return -1;
    }
    fellBackFrom =
        new Observation.Failed(failure.word(), Duration.ofNanos(System.nanoTime() - began));
    client.end();
    client = loop.upstreams().of(legacy);
    client.begin();
    endpoint = null;
    staleOnce = false;
    own = 0;
    return 0;
  }

  private void blame(ForwardFailure failure) {
    Endpoint at = endpoint;
    if (at != null && failure.party() == ForwardFailure.Party.UPSTREAM) {
      at.health().failed(System.nanoTime());
      client.state().breaker().failed();
    }
  }

  /** Of a request that found no connection nothing was sent: any may try again. */
  private boolean mayRetry(ForwardFailure failure, Loss loss) {
    if (failure.party() != ForwardFailure.Party.UPSTREAM) {
      return false;
    }
    return failure.phase() == ForwardFailure.Phase.CONNECT
        || (failure == ForwardFailure.RESET_BEFORE_ANSWER
            && (loss == Loss.UNTAKEN || isRepeatable()));
  }

  /** Safe, and with nothing that would have to be kept; looked at where something has failed. */
  private boolean isRepeatable() {
    HttpMethod method = request.method();
    return bodyless
        && (HttpMethod.GET.equals(method)
            || HttpMethod.HEAD.equals(method)
            || HttpMethod.OPTIONS.equals(method))
        && !MethodOverride.isAsked(name -> request.headers().contains(name));
  }

  /** Seconds after which it is worth asking again, where the facade did not ask; else 0. */
  int retryAfter(ForwardFailure failure) {
    UpstreamPolicies policies = client.state().upstream().policies();
    return switch (failure) {
      case BREAKER_OPEN -> atLeastOne(policies.breaker().pause());
      case NONE_WELL -> atLeastOne(policies.health().rest());
      case POOL_FULL, IN_FLIGHT_FULL, BODY_NOT_KEPT -> 1;
      default -> 0;
    };
  }

  private static int atLeastOne(Duration time) {
    return Math.clamp((time.toMillis() + 999) / 1000, 1, Integer.MAX_VALUE);
  }

  /** The last request that was sent; null where there is none. */
  @Nullable Outgoing sent() {
    return sent;
  }

  /** Ends it wherever it is, in the line for a connection, too. */
  void cut() {
    Asked last = sent == null ? asked : sent;
    if (last != null) {
      last.cut();
    }
  }

  /** Ends it for another one. */
  void drop() {
    cut();
    asked = null;
    sent = null;
  }

  /** It has waited in vain. */
  void doubt() {
    if (sent != null) {
      sent.doubt();
    }
  }

  private void leave() {
    Endpoint at = endpoint;
    if (inside && at != null) {
      inside = false;
      at.end();
      client.state().leave();
    }
  }

  /** The exchange is over, however it ended. */
  void end() {
    leave();
    client.end();
  }

  /** A tunnel keeps the upstream's connections and the facade, until what is returned is run. */
  Runnable hold() {
    UpstreamClient held = client;
    held.begin();
    loop.running().tunnelOpened();
    return () -> {
      held.end();
      loop.running().tunnelClosed();
    };
  }

  long timeoutNanos() {
    return client.timeoutNanos();
  }

  AttemptFacts facts() {
    return retries == 0 && fellBackFrom == null
        ? AttemptFacts.FIRST
        : new AttemptFacts(retries, fellBackFrom);
  }
}
