package dev.banyan.app.seen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.migration.TableKeeper;
import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.proxy.ServedExchange;
import dev.banyan.rules.Decision;
import dev.banyan.rules.ReadResult;
import dev.banyan.rules.RuleSet;
import dev.banyan.rules.RuleSetReader;
import dev.banyan.rules.SimpleRequestHead;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Over which requests a budget is judged. */
class BudgetsTest {
  private static final String BUDGET = "budget: { errors: 1% }";
  private static final String NO_BUDGET = "compare: strict";

  private final TrafficCounters traffic =
      new TrafficCounters(new MirroredWrites(InstantSource.system()));
  private final TableKeeper tables = new TableKeeper(rules(NO_BUDGET), news -> {});
  private final Budgets budgets = new Budgets(traffic, tables);

  @Test
  void aBudgetThatAReloadBringsIsJudgedOverWhatComesAfterIt() {
    served(90_000, 200);
    served(10_000, 503);
    budgets.minute();

    tables.applyRules(rules(BUDGET));

    assertThat(burns()).isNotEmpty().allMatch(burn -> burn.requests() == 0 && burn.rate() == 0);
    served(5, 200);
    served(5, 503);
    assertThat(burns()).isNotEmpty().allMatch(burn -> burn.requests() == 10 && burn.bad() == 5);
    budgets.minute();
    assertThat(burns()).isNotEmpty().allMatch(burn -> burn.requests() == 10 && burn.bad() == 5);
  }

  @Test
  void aBudgetThatComesBackDoesNotCountWhatWasAskedWithoutIt() {
    tables.applyRules(rules(BUDGET));
    served(3, 503);
    budgets.minute();

    tables.applyRules(rules(NO_BUDGET));
    served(1000, 503);
    budgets.minute();
    assertThat(budgets.all()).isEmpty();
    tables.applyRules(rules(BUDGET));
    served(1, 200);

    assertThat(burns()).isNotEmpty().allMatch(burn -> burn.requests() == 4 && burn.bad() == 3);
  }

  @Test
  void aRouteThatLeavesTheRulesTakesItsHoursAlong() {
    tables.applyRules(rules(BUDGET));
    served(3, 503);
    budgets.minute();
    RuleSet before = tables.get().rules();

    tables.applyRules(rules(BUDGET.replace("1%", "2%"), "other"));
    budgets.minute();
    tables.applyRules(before);

    assertThat(burns()).isNotEmpty().allMatch(burn -> burn.requests() == 0);
  }

  private List<Budgets.Burn> burns() {
    return budgets.all().getOrDefault("r", List.of());
  }

  private void served(int count, int status) {
    Decision.Serve decision =
        (Decision.Serve) tables.get().decide(SimpleRequestHead.of("GET", "/a", Map.of()), 0);
    Observation answer =
        new Observation.Answered(
            status,
            Headers.NONE,
            new Body.NotKept(),
            Headers.NONE,
            Duration.ofMillis(1),
            Duration.ofMillis(2));
    for (int i = 0; i < count; i++) {
      traffic.served(new ServedExchange(decision, answer, null));
    }
  }

  private static RuleSet rules(String more) {
    return rules(more, "r");
  }

  private static RuleSet rules(String more, String route) {
    String text =
        """
        version: 1
        upstreams:
          legacy: { url: http://127.0.0.1:1 }
        routes:
          - { id: %s, match: { path: /** }, legacy: legacy, %s }
        """
            .formatted(route, more);
    return ((ReadResult.Accepted) RuleSetReader.read("rules.yaml", text)).rules();
  }
}
