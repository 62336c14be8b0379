package dev.banyan.app.seen;

import dev.banyan.app.seen.RouteCounters.Judged;
import dev.banyan.parity.Observation;
import dev.banyan.rules.Budget;
import dev.banyan.rules.Route;
import dev.banyan.rules.RouteTarget;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * What one route's budget looks at: requests that were decided while the route had one, as their
 * clients saw them end. A budget that a reload brings begins with nothing, so that what was asked
 * before is neither held against it nor thins what is asked now. For many threads.
 */
final class BudgetCounts {
  private static final String CLIENT_LEFT = "client-left";

  private final LongAdder requests = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder slow = new LongAdder();

  void served(Route route, Observation control) {
    if (!(route.target() instanceof RouteTarget.Forward forward)
        || forward.budget().equals(Budget.NONE)) {
      return;
    }
    switch (control) {
      case Observation.Answered answer -> {
        requests.increment();
        if (answer.status() >= 500) {
          failed.increment();
        }
        if (isSlow(forward.budget(), answer.firstByte())) {
          slow.increment();
        }
      }
      case Observation.Failed failure -> {
        if (!failure.failure().equals(CLIENT_LEFT)) {
          requests.increment();
          failed.increment();
        }
      }
    }
  }

  private static boolean isSlow(Budget budget, Duration firstByte) {
    return budget.p95().isPresent() && firstByte.compareTo(budget.p95().get()) > 0;
  }

  Judged sum() {
    return new Judged(requests.sum(), failed.sum(), slow.sum());
  }
}
