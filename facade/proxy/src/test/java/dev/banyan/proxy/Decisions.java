package dev.banyan.proxy;

import dev.banyan.rules.Decision;
import dev.banyan.rules.Forwarding;
import dev.banyan.rules.HostPolicy;
import dev.banyan.rules.PathTemplate;
import dev.banyan.rules.Route;
import dev.banyan.rules.RouteMatch;
import dev.banyan.rules.RouteTarget;
import dev.banyan.rules.ShadowPolicy;
import dev.banyan.rules.Share;
import dev.banyan.rules.Side;
import dev.banyan.rules.Stage;
import dev.banyan.rules.Upstream;
import dev.banyan.rules.WritePolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decisions as a table would make them. */
final class Decisions {
  static final Route ROUTE =
      new Route(
          "orders",
          new RouteMatch(
              Set.of(),
              Optional.empty(),
              new PathTemplate(List.of(new PathTemplate.Segment.Rest())),
              Map.of(),
              Map.of()),
          new RouteTarget.Refusal(403));

  private Decisions() {}

  static Decision.Serve serve(Upstream upstream) {
    return new Decision.Serve(
        ROUTE, 1, new Stage.Legacy(), Side.LEGACY, upstream, null, Decision.Capture.NONE);
  }

  /** The migrated side serves, and legacy where that one does not. */
  static Decision.Serve falling(Upstream migrated, Upstream legacy) {
    return new Decision.Serve(
            ROUTE, 1, new Stage.Live(), Side.MIGRATED, migrated, null, Decision.Capture.NONE)
        .with(new Forwarding(new HostPolicy.Keep(), legacy));
  }

  static Decision.Serve recorded(Upstream upstream) {
    return new Decision.Serve(
        ROUTE, 1, new Stage.Legacy(), Side.LEGACY, upstream, null, Decision.Capture.EXCHANGE);
  }

  static Decision.Serve shadowed(Upstream control, Upstream candidate, ShadowPolicy policy) {
    return new Decision.Serve(
        ROUTE,
        1,
        new Stage.Shadow(),
        Side.LEGACY,
        control,
        new Decision.Mirror(Side.MIGRATED, candidate, policy),
        Decision.Capture.NONE);
  }

  /** A write that is copied as the policy says. */
  static Decision.Serve writing(Upstream control, Upstream candidate, WritePolicy writes) {
    ShadowPolicy policy =
        new ShadowPolicy(
            Share.ALL,
            ShadowPolicy.SAFE_METHODS,
            ShadowPolicy.Credentials.DROP,
            Duration.ofSeconds(5),
            1 << 16,
            writes);
    return new Decision.Serve(
        ROUTE,
        1,
        new Stage.Shadow(),
        Side.LEGACY,
        control,
        new Decision.Mirror(Side.MIGRATED, candidate, policy, null, writes.writes()),
        Decision.Capture.NONE);
  }

  /** Shadowed, and sent to legacy once more as this policy says. */
  static Decision.Serve repeated(
      Upstream control, Upstream candidate, ShadowPolicy policy, Decision.Baseline baseline) {
    return new Decision.Serve(
        ROUTE,
        1,
        new Stage.Shadow(),
        Side.LEGACY,
        control,
        new Decision.Mirror(Side.MIGRATED, candidate, policy, baseline),
        Decision.Capture.NONE);
  }

  static ShadowPolicy policy(Duration timeout, int maxBody) {
    return new ShadowPolicy(
        Share.ALL, ShadowPolicy.SAFE_METHODS, ShadowPolicy.Credentials.DROP, timeout, maxBody);
  }
}
