package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.ReadResult;
import dev.banyan.rules.Rollouts;
import dev.banyan.rules.RoutingTable;
import dev.banyan.rules.RuleSet;
import dev.banyan.rules.RuleSetReader;
import dev.banyan.rules.Stage;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ten thousand clients of a canary that grows from 1 to 50 %, over sockets. */
final class StickyCrowdIT {
  private static final int CLIENTS = Integer.getInteger("banyan.sticky.clients", 10_000);

  /** Standard deviations around the share: 99.9 % of all draws stay within the first. */
  private static final double PLACED = 3.29;

  /**
   * Draws are new with each run of the test, unlike places that follow from a header: a run of ten
   * looks is outside of this once in 5 000 times.
   */
  private static final double DRAWN = 4.26;

  private final Vertx upstreams = Vertx.vertx();
  private final Rig rig = new Rig();
  private final AtomicReference<RoutingTable> table = new AtomicReference<>();
  private int legacy;
  private int next;

  @BeforeEach
  void open() throws Exception {
    legacy = answering("legacy");
    next = answering("next");
    rig.deciding((head, ticket) -> table.get().decide(head, ticket));
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
    upstreams.close().toCompletionStage().toCompletableFuture().get();
  }

  private int answering(String name) throws Exception {
    HttpServer server =
        upstreams.createHttpServer().requestHandler(request -> request.response().end(name));
    return server
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get()
        .actualPort();
  }

  private void inStage(String stage, String canary, String rollout) {
    String text =
        """
        version: 1
        upstreams:
          legacy: { url: http://127.0.0.1:%d }
          next: { url: http://127.0.0.1:%d }
        routes:
          - id: r
            match: { path: /** }
            legacy: legacy
            migrated: next
            shadow: { sample: 0%% }
            canary: { %s }
        """
            .formatted(legacy, next, canary);
    RuleSet rules = ((ReadResult.Accepted) RuleSetReader.read("rules.yaml", text)).rules();
    byte[] secret = "a secret of all replicas".getBytes(StandardCharsets.UTF_8);
    Rollouts rollouts =
        new Rollouts(Optional.of(new SecretKeySpec(secret, "HmacSHA256")), Map.of("r", rollout));
    table.set(RoutingTable.compile(rules, Map.of("r", Stage.parse(stage)), Set.of(), 1, rollouts));
  }

  private StickyCrowd crowd(IntFunction<String> identity) {
    return new StickyCrowd(rig.facade().port(), CLIENTS, identity);
  }

  /** Grows the canary; who is on the migrated side at the end. */
  private BitSet grow(StickyCrowd crowd, String canary, double spread, int... shares)
      throws InterruptedException {
    BitSet before = new BitSet();
    for (int percent : shares) {
      inStage("canary:" + percent, canary, "first");
      BitSet first = crowd.ask();
      BitSet again = crowd.ask();

      assertThat(again).as("the same side within %d %%", percent).isEqualTo(first);
      BitSet movedBack = (BitSet) before.clone();
      movedBack.andNot(first);
      assertThat(movedBack.cardinality()).as("moved back at %d %%", percent).isZero();
      assertShare(first, percent, spread);
      before = first;
    }
    return before;
  }

  private static void assertShare(BitSet migrated, int percent, double deviations) {
    double p = percent / 100d;
    double spread = deviations * Math.sqrt(CLIENTS * p * (1 - p));
    assertThat((double) migrated.cardinality())
        .as("on the migrated side at %d %%", percent)
        .isBetween(CLIENTS * p - spread, CLIENTS * p + spread);
  }

  @Test
  void byBanyansCookieNoneEverMovesBackAndNothingRemainsAtTheEnd() throws Exception {
    StickyCrowd crowd = crowd(client -> "");
    BitSet half = grow(crowd, "sticky: banyan-cookie", DRAWN, 1, 5, 10, 25, 50);
    assertThat(crowd.holdingCookies()).isEqualTo(CLIENTS);
    String[] kept = new String[CLIENTS];
    for (int client = 0; client < CLIENTS; client++) {
      kept[client] = crowd.cookie(client);
    }

    // Another rollout believes none of them, and gives each client a new value.
    inStage("canary:50", "sticky: banyan-cookie", "second");
    BitSet other = crowd.ask();
    assertShare(other, 50, DRAWN);
    BitSet moved = (BitSet) other.clone();
    moved.xor(half);
    assertShare(moved, 50, DRAWN);
    for (int client = 0; client < CLIENTS; client++) {
      assertThat(crowd.cookie(client)).isNotNull().isNotEqualTo(kept[client]);
    }

    inStage("live", "sticky: banyan-cookie", "second");
    assertThat(crowd.ask().cardinality()).isEqualTo(CLIENTS);
    assertThat(crowd.holdingCookies()).isZero();

    // Back on legacy, what a browser kept from an earlier rollout is taken back as well.
    for (int client = 0; client < CLIENTS; client++) {
      crowd.forge(client, kept[client]);
    }
    inStage("legacy", "sticky: banyan-cookie", "third");
    assertThat(crowd.ask().cardinality()).isZero();
    assertThat(crowd.holdingCookies()).isZero();
  }

  @Test
  void aCookieThatIsForgedOrOfAnotherClientsChoiceIsIgnored() throws Exception {
    StickyCrowd crowd = crowd(client -> "");
    inStage("canary:20", "sticky: banyan-cookie", "first");
    BitSet first = crowd.ask();
    int chosen = first.nextSetBit(0);
    String honest = crowd.cookie(chosen);
    assertThat(honest).isNotNull();
    int value = honest.indexOf('=') + 1;
    for (int client = 0; client < CLIENTS; client++) {
      // One character of a cookie of the migrated side is another one, each time elsewhere.
      int at = value + client % (honest.length() - value - 1);
      char changed = honest.charAt(at) == 'A' ? 'B' : 'A';
      crowd.forge(client, honest.substring(0, at) + changed + honest.substring(at + 1));
    }

    BitSet drawn = crowd.ask();

    assertShare(drawn, 20, DRAWN);
    assertThat(crowd.holdingCookies()).isEqualTo(CLIENTS);
    assertThat(crowd.ask()).isEqualTo(drawn);
  }

  @Test
  void byAHeaderNoneEverMovesBack() throws Exception {
    StickyCrowd crowd = crowd(client -> "X-User: user-" + client + "\r\n");
    BitSet half = grow(crowd, "sticky: { header: X-User }", PLACED, 1, 5, 25, 50);

    assertThat(crowd.holdingCookies()).isZero();
    // Whoever comes anew with the same header is on the same side.
    assertThat(crowd(client -> "X-User: user-" + client + "\r\n").ask()).isEqualTo(half);
  }

  @Test
  void byTheSessionOfTheApplicationNoneEverMovesBack() throws Exception {
    StickyCrowd crowd = crowd(c -> "Cookie: theme=dark; ASP.NET_SessionId=s" + c + "\r\n");
    grow(crowd, "sticky: { cookie: ASP.NET_SessionId }", PLACED, 1, 10, 50);

    assertThat(crowd.holdingCookies()).isZero();
  }

  @Test
  void cohortsAreAheadOfTheRestAtEveryShare() throws Exception {
    // Every tenth client is of a tenant that goes first, every other tenth of one that is half way.
    StickyCrowd crowd =
        crowd(client -> "X-User: user-" + client + "\r\nX-Tenant: tenant-" + client % 10 + "\r\n");
    String canary =
        "sticky: { header: X-User }, cohorts: [ { header: X-Tenant, values: [tenant-1, tenant-2] },"
            + " { header: X-Tenant, values: [tenant-3], share: 50% } ]";
    BitSet before = new BitSet();
    for (int percent : new int[] {1, 50}) {
      inStage("canary:" + percent, canary, "first");
      BitSet migrated = crowd.ask();
      before.andNot(migrated);
      assertThat(before.cardinality()).as("moved back at %d %%", percent).isZero();
      int[] ofTenant = new int[10];
      migrated.stream().forEach(client -> ofTenant[client % 10]++);
      int tenth = CLIENTS / 10;
      assertThat(ofTenant[1]).isEqualTo(tenth);
      assertThat(ofTenant[2]).isEqualTo(tenth);
      double half = PLACED * Math.sqrt(tenth * 0.25);
      assertThat((double) ofTenant[3]).isBetween(tenth * 0.5 - half, tenth * 0.5 + half);
      before = migrated;
    }
  }
}
