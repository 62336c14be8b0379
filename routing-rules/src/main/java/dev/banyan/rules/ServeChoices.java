package dev.banyan.rules;

import dev.banyan.rules.Decision.Baseline;
import dev.banyan.rules.Decision.Capture;
import dev.banyan.rules.Decision.Mirror;
import dev.banyan.rules.Decision.Serve;
import dev.banyan.rules.WritePolicy.Writes;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The at most five ways a route in one stage serves, made beforehand; picking one allocates
 * nothing. In a canary the client's place decides, else the stage alone.
 */
final class ServeChoices {
  private final Set<String> mirroredMethods;
  private final int mirroredBits;
  private final Share mirrored;
  private final Share migratedShare;
  private final @Nullable ClientDraw draw;
  private final Cohort[] cohorts;
  private final Serve legacy;
  private final Serve legacyMirrored;
  private final Serve legacyWriting;
  private final Serve migrated;
  private final Serve migratedMirrored;

  ServeChoices(
      RuleSet rules,
      Route route,
      RouteTarget.Forward forward,
      Stage stage,
      long revision,
      Capture capture,
      Rollouts rollouts) {
    Upstream old = upstream(rules, forward.legacy());
    Upstream next = forward.migrated().map(name -> upstream(rules, name)).orElse(old);
    ShadowPolicy policy = forward.shadow();
    mirroredMethods = policy.methods();
    mirroredBits = MethodBits.of(mirroredMethods);
    mirrored =
        stage instanceof Stage.Legacy || stage instanceof Stage.Retired
            ? Share.NONE
            : policy.sample();
    migratedShare =
        switch (stage) {
          case Stage.Legacy() -> Share.NONE;
          case Stage.Shadow() -> Share.NONE;
          case Stage.Canary(Share share) -> share;
          case Stage.Live() -> Share.ALL;
          case Stage.Retired() -> Share.ALL;
        };
    CanaryPolicy canary = forward.canary();
    draw =
        stage instanceof Stage.Canary ? ClientDraw.of(canary.sticky(), route.id(), rollouts) : null;
    cohorts = draw == null ? new Cohort[0] : canary.cohorts().toArray(Cohort[]::new);
    @Nullable Stickiness keeping = draw == null ? takingBack(route, forward, rollouts) : draw;
    Mirror toLegacy = new Mirror(Side.LEGACY, old, policy);
    Baseline baseline =
        forward
            .noise()
            .map(
                noise ->
                    new Baseline(noise.against().map(n -> upstream(rules, n)).orElse(old), noise))
            .orElse(null);
    Mirror toMigrated = new Mirror(Side.MIGRATED, next, policy, baseline);
    Forwarding plain = new Forwarding(forward.host(), null);
    // A retired legacy may be gone: nothing falls back to it.
    boolean fallsBack =
        forward.fallback() == RouteTarget.Fallback.LEGACY && !(stage instanceof Stage.Retired);
    Forwarding safe = fallsBack ? new Forwarding(forward.host(), old) : plain;
    legacy = new Serve(route, revision, stage, Side.LEGACY, old, null, capture, plain, keeping);
    legacyMirrored =
        new Serve(route, revision, stage, Side.LEGACY, old, toMigrated, capture, plain, keeping);
    legacyWriting =
        mirrored.equals(Share.NONE) || policy.writes().writes() == Writes.NEVER
            ? legacy
            : new Serve(
                route,
                revision,
                stage,
                Side.LEGACY,
                old,
                new Mirror(Side.MIGRATED, next, policy, null, policy.writes().writes()),
                capture,
                plain,
                keeping);
    migrated = new Serve(route, revision, stage, Side.MIGRATED, next, null, capture, safe, keeping);
    migratedMirrored =
        new Serve(route, revision, stage, Side.MIGRATED, next, toLegacy, capture, safe, keeping);
  }

  /** What is picked where neither a sample nor a client's place has a say. */
  Serve first() {
    return migratedShare.equals(Share.ALL) ? migrated : legacy;
  }

  /** Whether {@link #first} is picked always. */
  boolean areOne() {
    return draw == null && mirrored.equals(Share.NONE);
  }

  Serve pick(RequestHead head, long ticket) {
    boolean onMigrated = isOnMigrated(head, ticket);
    if (!mirrored.takes((int) ticket)) {
      return onMigrated ? migrated : legacy;
    }
    boolean reads =
        MethodBits.contains(mirroredBits, mirroredMethods, head.method())
            && !MethodOverride.isAsked(head);
    // Legacy promises nothing: what changes something is never copied to it.
    return onMigrated
        ? (reads ? migratedMirrored : migrated)
        : (reads ? legacyMirrored : legacyWriting);
  }

  private boolean isOnMigrated(RequestHead head, long ticket) {
    if (draw == null) {
      return migratedShare.equals(Share.ALL);
    }
    int place = draw.of(head, ticket);
    if (migratedShare.takes(place)) {
      return true;
    }
    for (Cohort cohort : cohorts) {
      if (cohort.share().takes(place) && cohort.has(head)) {
        return true;
      }
    }
    return false;
  }

  /** After the rollout nothing must remain of it in browsers. */
  private static @Nullable Stickiness takingBack(
      Route route, RouteTarget.Forward forward, Rollouts rollouts) {
    if (forward.migrated().isEmpty() || rollouts.secret().isEmpty()) {
      return null;
    }
    String name = SideCookie.name(route.id());
    return (head, ticket) -> SideCookie.takeBack(name, head);
  }

  private static Upstream upstream(RuleSet rules, String name) {
    @Nullable Upstream upstream = rules.upstreams().get(name);
    return Optional.ofNullable(upstream)
        .orElseThrow(
            () -> new IllegalArgumentException("upstream: " + name + " (expected: a defined one)"));
  }
}
