package dev.banyan.app.comparing;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.banyan.app.comparing.MismatchJournal.Sighting;
import dev.banyan.app.comparing.ToleranceProposal.Hidden;
import dev.banyan.app.noise.NoiseWatch;
import dev.banyan.app.privacy.Privacy;
import dev.banyan.migration.TableKeeper;
import dev.banyan.parity.Signature;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.CompareProfile.Accepted;
import dev.banyan.rules.CompareProfile.Tolerance;
import dev.banyan.rules.CompareRule;
import dev.banyan.rules.Route;
import dev.banyan.rules.RouteTarget;
import dev.banyan.rules.RuleSet;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Proposes tolerances. Changes nothing: rules are files, and belong to whoever wrote them. */
@Singleton
public class Tolerating {
  private static final Set<String> BUILT_IN =
      Set.of("strict", "dotnet-json", "dotnet-soap", "html-page");

  private final MismatchJournal journal;
  private final TableKeeper tables;
  private final Privacy privacy;
  private final NoiseWatch noise;

  Tolerating(MismatchJournal journal, TableKeeper tables, Privacy privacy, NoiseWatch noise) {
    this.journal = journal;
    this.tables = tables;
    this.privacy = privacy;
    this.noise = noise;
  }

  /** Who answers for it, why, and until when. */
  public record Wish(String owner, String reason, Optional<LocalDate> expires) {}

  /**
   * @param target a signature of the route
   */
  public ToleranceProposal propose(
      Route route, RouteTarget.Forward forward, Sighting target, Wish wish) {
    RuleSet rules = tables.get().rules();
    CompareProfile before = JudgedAgain.profile(rules, forward);
    List<Tolerance> added = narrowest(target.signature(), before, wish);
    boolean own = BUILT_IN.contains(forward.compare());
    CompareProfile after = with(before, added);
    List<Hidden> hides = new ArrayList<>();
    List<Hidden> unknown = new ArrayList<>();
    for (Route each : own ? List.of(route) : comparedBy(rules, forward.compare())) {
      Rejudge now = new Rejudge(before, noise.look(each), privacy.masking());
      Rejudge then = new Rejudge(after, noise.look(each), privacy.masking());
      for (Sighting sighting : journal.of(each.id()).sightings()) {
        boolean itself = each.equals(route) && sighting.signature().equals(target.signature());
        boolean there = sighting.signature().location().equals(target.signature().location());
        Standing standing = now.of(sighting);
        if (itself) {
          continue;
        }
        if (standing instanceof Standing.Mismatch
            && !(then.of(sighting) instanceof Standing.Mismatch)) {
          hides.add(hidden(each, sighting));
        } else if (standing instanceof Standing.Stale && there) {
          unknown.add(hidden(each, sighting));
        }
      }
    }
    String name = own ? route.id() : forward.compare();
    return new ToleranceProposal(
        route.id(),
        target.signature().id(),
        name,
        yaml(name, own ? forward.compare() : "", route.id(), added),
        new Rejudge(after, noise.look(route), privacy.masking()).of(target),
        hides,
        unknown);
  }

  private static List<Route> comparedBy(RuleSet rules, String profile) {
    return rules.routes().stream()
        .filter(
            route ->
                route.target() instanceof RouteTarget.Forward forward
                    && forward.compare().equals(profile))
        .toList();
  }

  /** By the rules that know the pair where there are such, else this kind at this place. */
  private static List<Tolerance> narrowest(Signature signature, CompareProfile profile, Wish wish) {
    List<Accepted> accepted = new ArrayList<>();
    for (String word : signature.diagnosis().split("\\+", -1)) {
      Optional<CompareRule> rule = CompareRule.named(word);
      if (rule.isEmpty()) {
        accepted.clear();
        break;
      }
      if (!profile.rules().contains(rule.get())) {
        accepted.add(new Accepted.Rule(rule.get()));
      }
    }
    if (accepted.isEmpty()) {
      accepted.add(new Accepted.Kind(signature.kind().word()));
    }
    List<Tolerance> tolerances = new ArrayList<>();
    for (Accepted one : accepted) {
      String name = name(signature, one);
      tolerances.add(
          new Tolerance(
              name, signature.location(), one, wish.owner(), wish.reason(), wish.expires()));
    }
    return tolerances;
  }

  private static String name(Signature signature, Accepted accepted) {
    String what =
        switch (accepted) {
          case Accepted.Kind(String word) -> word;
          case Accepted.Rule(CompareRule rule) -> rule.word();
        };
    String where = signature.location().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String name = (what.replace('.', '-') + "-" + where).replaceAll("^-+|-+$", "");
    return name.length() <= 60 ? name : name.substring(0, 47) + "-" + signature.id();
  }

  private static CompareProfile with(CompareProfile profile, List<Tolerance> added) {
    List<Tolerance> tolerances = new ArrayList<>(profile.tolerances());
    tolerances.addAll(added);
    return profile.withTolerances(tolerances);
  }

  private static String yaml(
      String profile, String extended, String routeId, List<Tolerance> added) {
    StringBuilder text = new StringBuilder("profiles:\n  ").append(quoted(profile)).append(":\n");
    if (!extended.isEmpty()) {
      text.append("    extends: ").append(extended).append('\n');
    }
    text.append("    tolerate:\n");
    for (Tolerance one : added) {
      text.append("      - name: ").append(one.name()).append('\n');
      text.append("        at: ").append(quoted(one.at())).append('\n');
      text.append(
          switch (one.accepts()) {
            case Accepted.Kind(String word) -> "        kind: " + word + "\n";
            case Accepted.Rule(CompareRule rule) -> "        rule: " + rule.word() + "\n";
          });
      text.append("        owner: ").append(quoted(one.owner())).append('\n');
      text.append("        reason: ").append(quoted(one.reason())).append('\n');
      one.expires().ifPresent(day -> text.append("        expires: ").append(day).append('\n'));
    }
    if (!extended.isEmpty()) {
      text.append("# and in the route ").append(routeId).append(":  compare: ");
      text.append(quoted(profile)).append('\n');
    }
    return text.toString();
  }

  /** A JSON string is a YAML string. */
  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
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
