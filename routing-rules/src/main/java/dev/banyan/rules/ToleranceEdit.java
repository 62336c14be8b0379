package dev.banyan.rules;

import dev.banyan.rules.CompareProfile.Tolerance;
import dev.banyan.rules.WrittenYaml.Unfit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Plans how tolerances get into the rule files of a route: into its profile, or, where that is
 * built in, into one of its own that extends it. One file changes, and in it nothing but what is
 * added; the whole rule set is read again and says exactly this more, or the plan is refused. Pure:
 * nothing is written here.
 */
public final class ToleranceEdit {
  private static final List<String> KEYWORDS =
      List.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  private ToleranceEdit() {}

  /** What came of it. */
  public sealed interface Planned {
    /**
     * It can be done.
     *
     * @param file the one that changes, by its name among the sources
     * @param text all of it
     * @param profile where the tolerances are
     * @param rules what all files say then
     */
    record Edited(String file, String text, String profile, RuleSet rules) implements Planned {}

    /** It cannot; nothing was changed. */
    record Refused(String why) implements Planned {}
  }

  /**
   * @param sources the texts of all rule files by name
   * @param now what they say
   */
  public static Planned plan(
      Map<String, String> sources, RuleSet now, Route route, List<Tolerance> added) {
    if (!(route.target() instanceof RouteTarget.Forward forward)) {
      return new Planned.Refused("route " + route.id() + " refuses: nothing is compared");
    }
    boolean builtIn = ProfileSet.isBuiltIn(forward.compare());
    String profile = builtIn ? freeName(route.id(), now) : forward.compare();
    try {
      for (Map.Entry<String, String> source : sources.entrySet()) {
        WrittenYaml file = WrittenYaml.of(source.getValue());
        String next =
            builtIn
                ? withProfile(file, route, forward.compare(), profile, added)
                : withTolerances(file, profile, added);
        if (next != null) {
          return checked(sources, source.getKey(), next, now, route, profile, added);
        }
      }
    } catch (Unfit unfit) {
      return new Planned.Refused("the rule file cannot be added to: " + unfit.getMessage());
    }
    return new Planned.Refused(
        (builtIn ? "route " + route.id() : "profile " + profile) + " stands in no rule file");
  }

  /** Null where the file does not have the profile. */
  private static @Nullable String withTolerances(
      WrittenYaml file, String profile, List<Tolerance> added) throws Unfit {
    NodeTuple profiles = WrittenYaml.entry(file.root(), "profiles");
    NodeTuple own = profiles == null ? null : entry(profiles, profile);
    if (own == null) {
      return null;
    }
    WrittenYaml.unshared(own.getValueNode());
    NodeTuple tolerate = entry(own, "tolerate");
    return tolerate == null
        ? file.added(own.getValueNode(), tolerateLines(added), tolerateInline(added))
        : file.added(tolerate.getValueNode(), items(added), itemsInline(added));
  }

  /** Null where the file does not have the route. */
  private static @Nullable String withProfile(
      WrittenYaml file, Route route, String extended, String profile, List<Tolerance> added)
      throws Unfit {
    if (route(file, route.id()) == null) {
      return null;
    }
    List<String> body = new ArrayList<>();
    body.add("extends: " + word(extended));
    body.addAll(tolerateLines(added));
    List<String> lines = new ArrayList<>(List.of(word(profile) + ":"));
    lines.addAll(indented(body));
    String inline =
        word(profile) + ": { extends: " + word(extended) + ", " + tolerateInline(added) + " }";
    NodeTuple profiles = WrittenYaml.entry(file.root(), "profiles");
    String text;
    if (profiles == null) {
      List<String> section = new ArrayList<>(List.of("profiles:"));
      section.addAll(indented(lines));
      text = file.appended(section);
    } else {
      text = file.added(profiles.getValueNode(), lines, inline);
    }
    WrittenYaml next = WrittenYaml.of(text);
    Node found = route(next, route.id());
    if (found == null) {
      throw new Unfit("route " + route.id() + " is not found again");
    }
    NodeTuple compare = WrittenYaml.entry(found, "compare");
    String entry = "compare: " + word(profile);
    return compare != null && compare.getValueNode() instanceof ScalarNode scalar
        ? next.replaced(scalar, word(profile))
        : next.added(found, List.of(entry), entry);
  }

  private static @Nullable NodeTuple entry(NodeTuple parent, String key) {
    return WrittenYaml.entry(parent.getValueNode(), key);
  }

  private static @Nullable Node route(WrittenYaml file, String id) {
    NodeTuple routes = WrittenYaml.entry(file.root(), "routes");
    if (routes != null && routes.getValueNode() instanceof SequenceNode all) {
      for (Node one : all.getValue()) {
        NodeTuple name = WrittenYaml.entry(one, "id");
        if (name != null
            && name.getValueNode() instanceof ScalarNode scalar
            && scalar.getValue().equals(id)) {
          return one;
        }
      }
    }
    return null;
  }

  private static Planned checked(
      Map<String, String> sources,
      String file,
      String text,
      RuleSet now,
      Route route,
      String profile,
      List<Tolerance> added) {
    Map<String, String> next = new TreeMap<>(sources);
    next.put(file, text);
    return switch (RuleSetReader.read(next)) {
      case ReadResult.Rejected(List<Problem> problems) ->
          new Planned.Refused("with it the rules would not be taken: " + problems.getFirst());
      case ReadResult.Accepted(RuleSet then) ->
          OnlyAdded.between(now, then, route, profile, new HashSet<>(added))
              ? new Planned.Edited(file, text, profile, then)
              : new Planned.Refused("it would change more than this");
    };
  }

  /** A name that no profile has. */
  private static String freeName(String routeId, RuleSet now) {
    String name = routeId.length() > 90 ? routeId.substring(0, 90) : routeId;
    String free = name;
    for (int i = 2; now.profiles().containsKey(free); i++) {
      free = name + "-" + i;
    }
    return free;
  }

  /** As YAML takes it for a text. */
  private static String word(String name) {
    boolean plain = name.matches("[A-Za-z][A-Za-z0-9._-]*") && !KEYWORDS.contains(name);
    return plain ? name : ToleranceWriter.quoted(name);
  }

  private static List<String> items(List<Tolerance> added) {
    return added.stream().flatMap(one -> ToleranceWriter.lines(one).stream()).toList();
  }

  private static String itemsInline(List<Tolerance> added) {
    return added.stream().map(ToleranceWriter::inline).collect(Collectors.joining(", "));
  }

  private static List<String> tolerateLines(List<Tolerance> added) {
    List<String> lines = new ArrayList<>(List.of("tolerate:"));
    lines.addAll(indented(items(added)));
    return lines;
  }

  private static String tolerateInline(List<Tolerance> added) {
    return "tolerate: [" + itemsInline(added) + "]";
  }

  private static List<String> indented(List<String> lines) {
    return lines.stream().map(line -> "  " + line).toList();
  }
}
