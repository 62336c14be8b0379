package dev.banyan.rules;

import dev.banyan.rules.RouteConflicts.Written;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Puts a rule set together from its files; names may be used in another file than they are defined
 * in.
 */
final class RuleSetAssembly {
  private static final String VERSION = "1";
  private static final List<String> KEYS = List.of("version", "upstreams", "routes", "profiles");
  private static final int MAX_CHARS = 8 * 1024 * 1024;

  private final Problems problems;
  private final Map<String, Upstream> upstreams = new LinkedHashMap<>();
  private final Map<String, CompareProfile> profiles = new LinkedHashMap<>();
  private final Map<String, RuleNode> places = new HashMap<>();
  private final List<Written> routes = new ArrayList<>();

  RuleSetAssembly(Problems problems) {
    this.problems = problems;
    CompareProfile.BUILT_IN.forEach(profile -> profiles.put(profile.name(), profile));
  }

  void add(String file, String text) {
    compose(file, text).ifPresent(node -> document(new RuleNode(file, "", node, problems)));
  }

  ReadResult finish(String digest) {
    for (Written written : routes) {
      checkNames(written);
    }
    RouteConflicts.check(routes);
    if (routes.isEmpty() && problems.none()) {
      problems.add("rules", 1, "routes", "no route is written (expected at least one)");
    }
    if (!problems.none()) {
      return new ReadResult.Rejected(problems.sorted());
    }
    return new ReadResult.Accepted(
        new RuleSet(upstreams, routes.stream().map(Written::route).toList(), profiles, digest));
  }

  private Optional<Node> compose(String file, String text) {
    try {
      LoadSettings settings =
          LoadSettings.builder().setLabel(file).setCodePointLimit(MAX_CHARS).build();
      Optional<Node> node = new Compose(settings).composeString(PathQuoting.quote(text));
      if (node.isEmpty()) {
        problems.add(file, 1, "document", "empty (expected version, upstreams and routes)");
      }
      return node;
    } catch (MarkedYamlEngineException invalid) {
      int line = invalid.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      problems.add(
          new Problem(
              file, line, "document", String.valueOf(invalid.getProblem()), "write valid YAML"));
    } catch (YamlEngineException | IllegalArgumentException invalid) {
      problems.add(
          new Problem(
              file, 1, "document", String.valueOf(invalid.getMessage()), "write valid YAML"));
    } catch (StackOverflowError tooDeep) {
      problems.add(new Problem(file, 1, "document", "nested too deeply", "write a rule set"));
    }
    return Optional.empty();
  }

  private void document(RuleNode root) {
    Map<String, RuleNode> fields = root.fields(KEYS);
    root.required(fields, "version", "begin the file with version: 1")
        .ifPresent(
            node ->
                node.text()
                    .filter(text -> !text.equals(VERSION))
                    .ifPresent(text -> node.problem("version: " + text, "expected 1")));
    if (fields.containsKey("upstreams")) {
      fields.get("upstreams").entries("upstreams by name").forEach(this::upstream);
    }
    if (fields.containsKey("profiles")) {
      fields.get("profiles").entries("profiles by name").forEach(this::profile);
    }
    if (fields.containsKey("routes")) {
      fields.get("routes").items().forEach(this::route);
    }
  }

  private void upstream(String name, RuleNode node) {
    if (isFirst("upstream " + name, node)) {
      upstreams.put(name, UpstreamReader.read(name, node));
    }
  }

  private void profile(String name, RuleNode node) {
    if (CompareProfile.BUILT_IN.stream().anyMatch(p -> p.name().equals(name))) {
      node.problem("profile " + name + " is built in", "give yours another name and extend it");
    } else if (isFirst("profile " + name, node)) {
      profiles.put(name, ProfileReader.read(name, node, profiles));
    }
  }

  private void route(RuleNode node) {
    Route route = RouteReader.read(node);
    if (route.id().isEmpty() || isFirst("route " + route.id(), node)) {
      routes.add(new Written(route, node));
    }
  }

  private boolean isFirst(String what, RuleNode node) {
    RuleNode earlier = places.putIfAbsent(what, node);
    if (earlier != null) {
      node.problem(
          what + " stands twice (" + earlier.file() + ":" + earlier.line() + ")",
          "give one of them another name");
    }
    return earlier == null;
  }

  private void checkNames(Written written) {
    if (!(written.route().target() instanceof RouteTarget.Forward forward)) {
      return;
    }
    RuleNode node = written.node();
    known(node, "legacy", forward.legacy(), upstreams);
    forward.migrated().ifPresent(name -> known(node, "migrated", name, upstreams));
    known(node, "compare", forward.compare(), profiles);
  }

  private static void known(RuleNode route, String key, String name, Map<String, ?> defined) {
    if (!name.isEmpty() && !defined.containsKey(name)) {
      RuleNode place = route.at(key);
      List<String> names = defined.keySet().stream().sorted().toList();
      place.problem(key + ": " + name + " is not defined", Suggestion.of(name, names));
    }
  }
}
