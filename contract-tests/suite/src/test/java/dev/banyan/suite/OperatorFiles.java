package dev.banyan.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What operators are handed, held against the metrics of a running facade. */
final class OperatorFiles {
  private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)(?:\\{([^}]*)})? ");
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(?:=~|!=|!~|=)\\s*\"");
  private static final Pattern USE = Pattern.compile("\\b((?:banyan|jvm)_[a-z_]+)(?:\\{([^}]*)})?");

  /** By what they are told apart, once there is something to count. */
  private static final Map<String, Set<String>> COUNTED_LATER =
      Map.of(
          "banyan_mirrored_writes_total", Set.of("route", "outcome", "reason"),
          "banyan_refused_total", Set.of("reason"));

  private OperatorFiles() {}

  /** Metrics and labels that dashboard and alerts use and nobody exports. */
  static Set<String> unknownIn(String metrics) throws IOException {
    Map<String, Set<String>> exported = samples(metrics);
    Set<String> families = families(metrics);
    COUNTED_LATER.forEach(
        (name, labels) -> {
          if (families.contains(name)) {
            exported.putIfAbsent(name, labels);
          }
        });
    Set<String> unknown = new TreeSet<>();
    int used = 0;
    for (String file : List.of("grafana-dashboard.json", "prometheus-alerts.yaml")) {
      Matcher uses = USE.matcher(read(file).replace("\\\"", "\""));
      while (uses.find()) {
        used++;
        Set<String> labels = exported.get(uses.group(1));
        if (labels == null) {
          unknown.add(uses.group(1));
        } else if (uses.group(2) != null && !labels.containsAll(labels(uses.group(2)))) {
          unknown.add(uses.group());
        }
      }
    }
    assertThat(used).isGreaterThan(35);
    return unknown;
  }

  /** Metrics that the run notes name and nobody exports. */
  static Set<String> notedButNotIn(String metrics) throws IOException {
    Set<String> unknown = noted();
    assertThat(unknown).hasSizeGreaterThan(25);
    unknown.removeAll(families(metrics));
    return unknown;
  }

  /** Metrics that are exported and the run notes do not name. */
  static Set<String> notNotedOf(String metrics) throws IOException {
    Set<String> missing = families(metrics);
    assertThat(missing).hasSizeGreaterThan(25);
    missing.removeAll(noted());
    return missing;
  }

  private static Set<String> noted() throws IOException {
    Set<String> names = new TreeSet<>();
    Matcher uses = USE.matcher(read("README.md"));
    while (uses.find()) {
      names.add(uses.group(1));
    }
    return names;
  }

  /** Banyan's own, with and without samples, as queries name them. */
  private static Set<String> families(String metrics) {
    Set<String> names = new TreeSet<>();
    Matcher types = TYPE.matcher(metrics);
    while (types.find()) {
      String name = types.group(1);
      if (name.startsWith("banyan_")) {
        boolean bare = types.group(2).equals("counter") && !name.endsWith("_total");
        names.add(bare ? name + "_total" : name);
      }
    }
    return names;
  }

  private static Map<String, Set<String>> samples(String metrics) {
    Map<String, Set<String>> exported = new HashMap<>();
    Matcher samples = SAMPLE.matcher(metrics);
    while (samples.find()) {
      Set<String> labels = exported.computeIfAbsent(samples.group(1), n -> new HashSet<>());
      if (samples.group(2) != null) {
        labels.addAll(labels(samples.group(2)));
      }
    }
    return exported;
  }

  private static Set<String> labels(String matchers) {
    Set<String> names = new HashSet<>();
    Matcher label = LABEL.matcher(matchers);
    while (label.find()) {
      names.add(label.group(1));
    }
    return names;
  }

  private static String read(String file) throws IOException {
    return Files.readString(Processes.HOME.resolve("docs/operations").resolve(file));
  }
}
