package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.rules.WritePolicy.Writes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How copies of requests that change something are marked, and who gets none. */
final class WritesIT {
  private final WriteRig writes = new WriteRig();

  @AfterEach
  void close() {
    writes.close();
  }

  @Test
  void aDryRunIsMarkedAndAClientCannotMarkOne() {
    ScriptedUpstream module =
        writes.candidate(
            Writes.DRY_RUN,
            WriteRig.LONG,
            WriteRig.CREATED,
            "HTTP/1.1 201 Created\r\nBanyan-Shadow: 1\r\n" + WriteRig.EMPTY);
    writes.post("Banyan-Shadow: 0", "Banyan-Copy: isolated", "Idempotency-Key: mine");

    writes.rig().kept().firstShadow();
    assertThat(module.lastHead())
        .contains("\r\nBanyan-Shadow: 1\r\n", "\r\nIdempotency-Key: mine\r\n")
        .doesNotContain("Banyan-Copy", "Banyan-Shadow: 0");
    assertThat(writes.bodies()).containsExactly("order");
    writes.nothingIsHeld();
  }

  @Test
  void aModuleThatGivesNoReceiptOfADryRunGetsNoMore() {
    ScriptedUpstream module =
        writes.candidate(Writes.DRY_RUN, WriteRig.LONG, WriteRig.CREATED, WriteRig.DONE);
    writes.post();
    await().until(() -> writes.rig().kept().shadowed().size() == 1);
    writes.post();
    await().until(() -> writes.rig().kept().shadowed().size() == 2);

    assertThat(writes.rig().kept().shadowed().get(1))
        .isInstanceOfSatisfying(
            ShadowedExchange.Skipped.class,
            skipped -> assertThat(skipped.reason()).isEqualTo("no-receipt"));
    assertThat(module.heads()).hasSize(1);
  }

  @Test
  void aModuleWithAStoreOfItsOwnCarriesTheCopyOut() {
    ScriptedUpstream module =
        writes.candidate(Writes.ISOLATED, WriteRig.LONG, WriteRig.CREATED, WriteRig.DONE);
    writes.post();

    writes.rig().kept().firstShadow();
    assertThat(module.lastHead())
        .contains("\r\nBanyan-Copy: isolated\r\n")
        .doesNotContain("Banyan-Shadow", "Idempotency-Key");
  }
}
