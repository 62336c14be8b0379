package dev.banyan.app.comparing;

import dev.banyan.app.comparing.MismatchJournal.Sighting;
import dev.banyan.app.comparing.ToleranceProposal.Hidden;
import dev.banyan.app.noise.NoiseWatch;
import dev.banyan.migration.TableKeeper;
import dev.banyan.parity.Signature;
import dev.banyan.parity.cure.Narrowest;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.CompareProfile.Tolerance;
import dev.banyan.rules.Route;
import dev.banyan.rules.RouteTarget;
import dev.banyan.rules.RuleSet;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** Proposes tolerances, and says what they would do. Changes nothing. */
@Singleton
public class Tolerating {
  private final MismatchJournal journal;
  private final TableKeeper tables;
  private final NoiseWatch noise;

  Tolerating(MismatchJournal journal, TableKeeper tables, NoiseWatch noise) {
    this.journal = journal;
    this.tables = tables;
    this.noise = noise;
  }

  /** The narrowest tolerances that may settle a signature of a route, by names that are free. */
  public List<Tolerance> narrowest(
      RouteTarget.Forward forward, Signature signature, Narrowest.Wish wish) {
    RuleSet rules = tables.get().rules();
    Set<String> taken = new HashSet<>();
    rules.profiles().values().stream()
        .flatMap(profile -> profile.tolerances().stream())
        .forEach(one -> taken.add(one.name().toLowerCase(Locale.ROOT)));
    return Narrowest.of(signature, JudgedAgain.profile(rules, forward).rules(), wish).stream()
        .map(one -> named(one, taken))
        .toList();
  }

  private static Tolerance named(Tolerance one, Set<String> taken) {
    String name = one.name();
    for (int i = 2; taken.contains(name.toLowerCase(Locale.ROOT)); i++) {
      name = one.name() + "-" + i;
    }
    return new Tolerance(name, one.at(), one.accepts(), one.owner(), one.reason(), one.expires());
  }

  /**
   * What a change of the rules would do.
   *
   * @param target a signature of the route
   * @param then the profile of each route after the change
   */
  public ToleranceProposal propose(
      Route route, Sighting target, Function<Route, CompareProfile> then) {
    List<Hidden> hides = new ArrayList<>();
    List<Hidden> unknown = new ArrayList<>();
    Standing settles = new Standing.Stale();
    RuleSet rules = tables.get().rules();
    for (Route each : rules.routes()) {
      if (!(each.target() instanceof RouteTarget.Forward forward)) {
        continue;
      }
      CompareProfile before = JudgedAgain.profile(rules, forward);
      CompareProfile after = then.apply(each);
      if (before.equals(after)) {
        continue;
      }
      Rejudge now = new Rejudge(before, noise.look(each));
      Rejudge next = new Rejudge(after, noise.look(each));
      for (Sighting sighting : journal.of(each.id()).sightings()) {
        Standing was = now.of(sighting);
        Standing is = next.of(sighting);
        if (each.id().equals(route.id()) && sighting.signature().equals(target.signature())) {
          settles = is;
        } else if (was instanceof Standing.Mismatch && !(is instanceof Standing.Mismatch)) {
          hides.add(hidden(each, sighting));
        } else if (was instanceof Standing.Stale && samePlace(sighting, target)) {
          unknown.add(hidden(each, sighting));
        }
      }
    }
    return new ToleranceProposal(settles, hides, unknown);
  }

  private static boolean samePlace(Sighting one, Sighting other) {
    return one.signature().location().equals(other.signature().location());
  }

  private static Hidden hidden(Route route, Sighting sighting) {
    Signature signature = sighting.signature();
    return new Hidden(
        route.id(),
        signature.id(),
        signature.location(),
        signature.kind().word(),
        sighting.count());
  }
}
