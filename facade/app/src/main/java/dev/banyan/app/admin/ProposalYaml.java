package dev.banyan.app.admin;

import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.CompareProfile.Tolerance;
import dev.banyan.rules.ToleranceWriter;
import java.util.List;

/** What to write into the rule file, as people would write it by hand. */
final class ProposalYaml {
  private ProposalYaml() {}

  /**
   * @param compare the profile that the route names now
   * @param profile the one that the tolerances belong in
   */
  static String of(String routeId, String compare, String profile, List<Tolerance> added) {
    boolean fresh =
        CompareProfile.BUILT_IN.stream().anyMatch(builtIn -> builtIn.name().equals(compare));
    StringBuilder text = new StringBuilder("profiles:\n  ");
    text.append(ToleranceWriter.quoted(profile)).append(":\n");
    if (fresh) {
      text.append("    extends: ").append(compare).append('\n');
    }
    text.append("    tolerate:\n");
    for (Tolerance one : added) {
      ToleranceWriter.lines(one).forEach(line -> text.append("      ").append(line).append('\n'));
    }
    if (fresh) {
      text.append("# and in the route ").append(routeId).append(":  compare: ");
      text.append(ToleranceWriter.quoted(profile)).append('\n');
    }
    return text.toString();
  }
}
