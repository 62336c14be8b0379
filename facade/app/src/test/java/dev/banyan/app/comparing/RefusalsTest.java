package dev.banyan.app.comparing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.proxy.RefusedRequest;
import org.junit.jupiter.api.Test;

/** What was refused is counted once by its reason, and by its route where it has one. */
final class RefusalsTest {
  @Test
  void eachRefusalCountsByReasonAndWhereARuleRefusesByRoute() {
    Refusals refusals = new Refusals();
    refusals.count(new RefusedRequest(403, "rule", "internals"));
    refusals.count(new RefusedRequest(403, "rule", "internals"));
    refusals.count(new RefusedRequest(429, "rate-limit", "orders"));
    refusals.count(new RefusedRequest(400, "host", null));
    assertThat(refusals.of("internals")).isEqualTo(2);
    assertThat(refusals.of("orders")).isEqualTo(1);
    assertThat(refusals.of("unseen")).isZero();
    assertThat(refusals.byReason())
        .containsExactlyInAnyOrderEntriesOf(
            java.util.Map.of("rule", 2L, "rate-limit", 1L, "host", 1L));
  }
}
