package dev.banyan.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many connections a file limit allows. */
final class FilePlanTest {
  @ParameterizedTest
  @CsvSource({"20000, 100, 17910", "1024, 100, 693", "200, 100, 75", "64, 100, 16"})
  void somethingIsKeptForClassesAndTheRest(long limit, long open, int clients) {
    assertThat(FilePlan.of(limit, open, 0, 0).clients()).isEqualTo(clients);
  }

  @Test
  void clientsLeaveThePoolsTheirPart() {
    FilePlan plan = FilePlan.of(20_000, 100, 4_096, 0);

    assertThat(plan.clients()).isEqualTo(17_910 - 4_096);
    assertThat(plan.wanted()).isEqualTo(20_000);
    assertThat(plan.fits()).isTrue();
  }

  @Test
  void poolsThatAreTooLargeLeaveHalfToClientsAndAreToldOf() {
    FilePlan plan = FilePlan.of(1_024, 100, 2_048, 0);

    assertThat(plan.clients()).isEqualTo(346);
    assertThat(plan.fits()).isFalse();
    assertThat(plan.problem())
        .isEqualTo(
            "open files: 1024 (expected: 2725 or more, for 346 connections of clients, 2048 to"
                + " upstreams, 100 open at start and 231 for everything else); at the limit"
                + " connections fail. Raise it (ulimit -n, LimitNOFILE), or lower connections of"
                + " upstreams or banyan.edge.connections");
  }

  @Test
  void whatSomebodyAskedForIsNotLoweredAndIsToldOf() {
    FilePlan plan = FilePlan.of(20_000, 100, 4_096, 17_000);

    assertThat(plan.clients()).isEqualTo(17_000);
    assertThat(plan.fits()).isFalse();
  }
}
