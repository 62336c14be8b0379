package dev.banyan.proxy;

import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.proxy.ShadowSender.Job;
import dev.banyan.rules.Decision.Baseline;
import dev.banyan.rules.Decision.Mirror;
import dev.banyan.rules.MethodOverride;
import dev.banyan.rules.NoisePolicy;
import dev.banyan.rules.ShadowPolicy.Credentials;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Which copies go to legacy once more: a sample of safe requests, at the moment at which the
 * candidate gets its copy, so that both are equally long after the answer they are compared with.
 */
final class Repeats {
  private static final int SERVER_ERROR = 500;

  private final ShadowBudget budget;
  private final SplittableRandom random;

  Repeats(ShadowBudget budget, SplittableRandom random) {
    this.budget = budget;
    this.random = random;
  }

  /** Whether this one is of the sample. */
  boolean wants(Job job, @Nullable Baseline baseline) {
    return baseline != null
        && NoisePolicy.METHODS.contains(job.request().method())
        && !asksForAnotherMethod(job)
        && baseline.policy().baseline().takes(random.nextInt());
  }

  /** Why it is not sent again all the same; null where it may be. */
  @Nullable String obstacle(Job job, Mirror mirror, Baseline baseline) {
    if (!(job.request().body() instanceof Body.Whole(byte[] bytes)) || bytes.length > 0) {
      return "body";
    }
    // A legacy in trouble has enough to do.
    if (!(job.control() instanceof Observation.Answered answered)
        || answered.status() >= SERVER_ERROR) {
      return "legacy-error";
    }
    // Without them the answer would be another one; with them it is for the owner to allow.
    if (mirror.policy().credentials() == Credentials.DROP && carriesCredentials(job)) {
      return "credentials";
    }
    boolean due =
        budget.repeats().take(job.decision().route().id(), baseline.policy(), System.nanoTime());
    return due ? null : "rate";
  }

  private static boolean asksForAnotherMethod(Job job) {
    Headers headers = job.request().headers();
    return MethodOverride.isAsked(name -> headers.first(name).isPresent());
  }

  private static boolean carriesCredentials(Job job) {
    Headers headers = job.request().headers();
    return ShadowCall.CREDENTIALS.stream().anyMatch(name -> headers.first(name).isPresent());
  }
}
