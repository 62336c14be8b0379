package dev.banyan.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts a rule set together from its files; names may be used in another file than they are defined
 * in, and before.
 */
final class RuleSetAssembly {
  private static final List<String> KEYS =
      List.of("version", "paths", "upstreams", "routes", "profiles", "private");

  private final Problems problems;
  private final Map<String, Upstream> upstreams = new LinkedHashMap<>();
  private final DescriptorFiles descriptors = new DescriptorFiles();
  private final ProfileSet profiles = new ProfileSet();
  private final Map<String, RuleNode> places = new HashMap<>();
  private final List<RouteReader.Written> routes = new ArrayList<>();
  private PathMatching paths = PathMatching.AS_WRITTEN;
  private final Set<String> privateFields = new LinkedHashSet<>();
  private boolean complete = true;

  RuleSetAssembly(Problems problems) {
    this.problems = problems;
  }

  void add(String file, String text) {
    Optional<RuleNode> root = YamlDocument.compose(file, text, problems);
    if (root.isPresent()) {
      document(root.get());
    } else {
      missesAFile();
    }
  }

  /** What is not read may define any name: then a name that is not known is no mistake. */
  void missesAFile() {
    complete = false;
  }

  ReadResult finish(String digest) {
    if (complete) {
      profiles.checkNames();
      Set<String> profileNames = profiles.names();
      routes.forEach(written -> checkNames(written, profileNames));
    }
    Map<String, CompareProfile> settled = profiles.settle();
    checkConflicts();
    if (problems.count() > 0) {
      return new ReadResult.Rejected(problems.sorted());
    }
    List<Route> all = routes.stream().map(RouteReader.Written::route).toList();
    PrivateFields fields = PrivateFields.of(privateFields);
    return new ReadResult.Accepted(new RuleSet(upstreams, all, settled, paths, fields, digest));
  }

  /** The files beside the rule files. */
  DescriptorFiles descriptors() {
    return descriptors;
  }

  boolean hasRoutes() {
    return !routes.isEmpty();
  }

  private void document(RuleNode root) {
    Fields fields = root.fields(KEYS);
    fields
        .required("version", "begin the file with version: 1")
        .ifPresent(node -> node.number(1, 1));
    fields.find("paths").ifPresent(this::paths);
    fields
        .find("upstreams")
        .ifPresent(node -> node.entries("upstreams by name").forEach(this::upstream));
    fields
        .find("profiles")
        .ifPresent(node -> node.entries("profiles by name").forEach(this::profile));
    fields.find("private").map(PolicyReader::privateFields).ifPresent(privateFields::addAll);
    fields.find("routes").ifPresent(node -> node.list().forEach(this::route));
  }

  private void paths(RuleNode node) {
    PathMatching read = PolicyReader.paths(node);
    if (isFirst("paths", node)) {
      paths = read;
    }
  }

  private void upstream(String name, RuleNode node) {
    Upstream upstream = UpstreamReader.read(name, node);
    if (isNamed(name, node) && isFirst("upstream " + name, node)) {
      upstreams.put(name, upstream);
    }
  }

  private void profile(String name, RuleNode node) {
    ProfileReader.Written written = ProfileReader.read(name, node, descriptors);
    if (ProfileSet.isBuiltIn(name)) {
      node.problemAtKey(
          "profile " + name + " is built in", "give yours another name, extending it");
    } else if (isNamed(name, node) && isFirst("profile " + name, node)) {
      profiles.add(written);
    }
  }

  private void route(RuleNode node) {
    RouteReader.Written written = RouteReader.read(node);
    String id = written.route().id();
    if (!id.isEmpty()) {
      isFirst("route " + id, node);
    }
    routes.add(written);
  }

  private static boolean isNamed(String name, RuleNode node) {
    try {
      RouteReader.name(name);
      return true;
    } catch (IllegalArgumentException wrong) {
      node.problemAtKey("name: " + name, "expected letters, digits, dots, dashes and underscores");
      return false;
    }
  }

  private boolean isFirst(String what, RuleNode node) {
    RuleNode earlier = places.putIfAbsent(what, node);
    if (earlier != null) {
      node.problemAtKey(
          what + " stands twice, first at " + earlier.file() + ":" + earlier.keyLine(),
          what.equals("paths") ? "keep one of them" : "give one of them another name");
    }
    return earlier == null;
  }

  private void checkNames(RouteReader.Written written, Set<String> profileNames) {
    if (written.route().target() instanceof RouteTarget.Forward forward) {
      Set<String> names = upstreams.keySet();
      checkName(written, "legacy", forward.legacy(), names);
      forward.migrated().ifPresent(name -> checkName(written, "migrated", name, names));
      forward
          .noise()
          .flatMap(NoisePolicy::against)
          .ifPresent(name -> checkAgainst(written, name, names));
      checkName(written, "compare", forward.compare(), profileNames);
    }
  }

  private static void checkName(
      RouteReader.Written written, String key, String name, Set<String> defined) {
    if (!name.isEmpty() && !defined.contains(name)) {
      written.fields().at(key).undefined(key, name, defined);
    }
  }

  private static void checkAgainst(RouteReader.Written written, String name, Set<String> defined) {
    if (!defined.contains(name)) {
      written.fields().at("noise").undefined("against", name, defined);
    }
  }

  private void checkConflicts() {
    List<RouteReader.Written> sound = routes.stream().filter(RouteReader.Written::sound).toList();
    List<Route> matches = sound.stream().map(RouteReader.Written::route).toList();
    for (RouteConflicts.Pair pair : RouteConflicts.find(matches, paths)) {
      RuleNode earlier = sound.get(pair.earlier()).fields().owner();
      String earlierId = sound.get(pair.earlier()).route().id();
      sound
          .get(pair.later())
          .fields()
          .owner()
          .problem(
              "route %s can take the same requests as %s at %s:%d"
                  .formatted(
                      sound.get(pair.later()).route().id(),
                      earlierId,
                      earlier.file(),
                      earlier.line()),
              "make one of them more specific: method, path, host, a header or a query parameter");
    }
  }
}
