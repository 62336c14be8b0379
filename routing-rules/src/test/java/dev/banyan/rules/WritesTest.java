package dev.banyan.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.WritePolicy.Writes;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which side sees a copy of a request that changes something. */
class WritesTest {
  private static RoutingTable table(String shadow, String stage) {
    String rules =
        """
        version: 1
        upstreams: { legacy: { url: http://127.0.0.1:1 }, new: { url: http://127.0.0.1:2 } }
        routes:
          - id: r
            match: { path: /** }
            legacy: legacy
            migrated: new
            shadow: %s
            canary: { sticky: { header: X-User } }
          - id: soap.cancel
            match: { path: /Service.svc, headers: { SOAPAction: '"urn:orders/Cancel"' } }
            legacy: legacy
            migrated: new
            shadow: { writes: isolated }
          - id: soap.find
            match: { path: /Service.svc, headers: { SOAPAction: '"urn:orders/Find"' } }
            legacy: legacy
            migrated: new
            shadow: { methods: [POST] }
        """
            .formatted(shadow);
    Stage at = Stage.parse(stage);
    return RoutingTable.compile(
        RuleFiles.rules(rules), Map.of("r", at, "soap.cancel", at, "soap.find", at), Set.of(), 1);
  }

  private static Decision.@Nullable Mirror mirror(RoutingTable table, String method) {
    RequestHead head = SimpleRequestHead.of(method, "/orders", Map.of("x-user", "ada"));
    return ((Decision.Serve) table.decide(head, 0)).mirror();
  }

  private static Decision.@Nullable Mirror soap(RoutingTable table, String action) {
    RequestHead head =
        SimpleRequestHead.of("POST", "/Service.svc", Map.of("soapaction", "\"urn:" + action + '"'));
    return ((Decision.Serve) table.decide(head, 0)).mirror();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "PROPPATCH"})
  void aWriteIsNeverCopiedUnlessTheRuleSaysHow(String method) {
    assertThat(mirror(table("{}", "shadow"), method)).isNull();
    assertThat(mirror(table("{ writes: never }", "shadow"), method)).isNull();
    assertThat(mirror(table("{}", "shadow"), "GET")).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-http-method-override", "x-http-method", "x-method-override"})
  void whatAsksForAnotherMethodWritesWhateverItsOwn(String field) {
    for (String method : new String[] {"GET", "HEAD", "OPTIONS"}) {
      RequestHead head = SimpleRequestHead.of(method, "/orders", Map.of(field, ""));
      assertThat(((Decision.Serve) table("{}", "shadow").decide(head, 0)).mirror()).isNull();
      assertThat(((Decision.Serve) table("{}", "live").decide(head, 0)).mirror()).isNull();
      Decision.Mirror dry =
          ((Decision.Serve) table("{ writes: dry-run }", "shadow").decide(head, 0)).mirror();
      assertThat(dry).isNotNull();
      assertThat(dry.writes()).isEqualTo(Writes.DRY_RUN);
    }
  }

  @ParameterizedTest
  @CsvSource({"dry-run, DRY_RUN", "isolated, ISOLATED", "after-success, AFTER_SUCCESS"})
  void aWriteIsCopiedToTheMigratedSideAsTheRuleSays(String word, Writes writes) {
    for (String stage : new String[] {"shadow", "canary:0.01"}) {
      RoutingTable table = table("{ writes: " + word + " }", stage);
      Decision.Mirror write = mirror(table, "POST");
      assertThat(write).isNotNull();
      assertThat(write.side()).isEqualTo(Side.MIGRATED);
      assertThat(write.writes()).isEqualTo(writes);
      Decision.Mirror read = mirror(table, "GET");
      assertThat(read).isNotNull();
      assertThat(read.writes()).isEqualTo(Writes.NEVER);
    }
    assertThat(mirror(table("{ writes: " + word + " }", "legacy"), "POST")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dry-run", "isolated", "after-success"})
  void legacySeesNoCopyOfAWrite(String word) {
    RoutingTable table = table("{ writes: " + word + " }", "live");
    assertThat(mirror(table, "POST")).isNull();
    Decision.Mirror read = mirror(table, "GET");
    assertThat(read).isNotNull();
    assertThat(read.side()).isEqualTo(Side.LEGACY);
  }

  @Test
  void aSampleLeavesWritesOutAsItDoesReads() {
    assertThat(mirror(table("{ writes: dry-run, sample: 0% }", "shadow"), "POST")).isNull();
  }

  @Test
  void eachOperationOfAServiceHasItsOwnPolicy() {
    RoutingTable table = table("{}", "shadow");
    Decision.Mirror cancel = soap(table, "orders/Cancel");
    Decision.Mirror find = soap(table, "orders/Find");
    assertThat(cancel).isNotNull();
    assertThat(cancel.writes()).isEqualTo(Writes.ISOLATED);
    assertThat(find).isNotNull();
    assertThat(find.writes()).isEqualTo(Writes.NEVER);
    assertThat(soap(table, "orders/Other")).isNull();
  }
}
