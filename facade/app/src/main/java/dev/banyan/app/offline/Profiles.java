package dev.banyan.app.offline;

import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.ReadResult;
import dev.banyan.rules.RuleSet;
import dev.banyan.rules.RuleSetReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The comparison profiles that a command may name: those of a rule set, the built-in ones among
 * them; without a rule set the built-in ones alone.
 */
record Profiles(Optional<RuleSet> rules) {
  /**
   * @param rules a rule file or folder
   */
  static Profiles of(Optional<String> rules) throws WrongUsage {
    return new Profiles(
        rules.isPresent() ? Optional.of(read(Path.of(rules.get()))) : Optional.empty());
  }

  private static RuleSet read(Path path) throws WrongUsage {
    return switch (RuleSetReader.read(path)) {
      case ReadResult.Accepted(RuleSet rules) -> rules;
      case ReadResult.Rejected rejected ->
          throw new WrongUsage(
              rejected.problems().stream()
                  .map(String::valueOf)
                  .collect(Collectors.joining(System.lineSeparator())));
    };
  }

  /** The one that an option names; none where it is not there. */
  Optional<CompareProfile> named(Optional<String> name) throws WrongUsage {
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(profile("--profile", name.get(), "--rules with a file that has it"));
  }

  /**
   * @param place where the name stands
   * @param cure what else would do, where there are no rules
   */
  CompareProfile profile(String place, String name, String cure) throws WrongUsage {
    Map<String, CompareProfile> all = all();
    CompareProfile found = all.get(name);
    if (found != null) {
      return found;
    }
    List<String> known = all.keySet().stream().sorted().toList();
    throw new WrongUsage(
        place
            + ": "
            + name
            + " (expected: one of "
            + known
            + (rules.isPresent() ? ")" : ", or " + cure + ")"));
  }

  private Map<String, CompareProfile> all() {
    return rules
        .map(RuleSet::profiles)
        .orElseGet(
            () ->
                CompareProfile.BUILT_IN.stream()
                    .collect(Collectors.toMap(CompareProfile::name, one -> one)));
  }
}
