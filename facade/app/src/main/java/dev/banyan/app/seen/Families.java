package dev.banyan.app.seen;

import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The metrics of one scrape, each told once with all its samples. */
final class Families {
  private final Map<String, Family> byName = new LinkedHashMap<>();

  /** A counter; its name without {@code _total}. */
  Family counter(String name, String help, String... labels) {
    return family(name, Collector.Type.COUNTER, help, labels);
  }

  Family gauge(String name, String help, String... labels) {
    return family(name, Collector.Type.GAUGE, help, labels);
  }

  Family histogram(String name, String help, String... labels) {
    return family(name, Collector.Type.HISTOGRAM, help, labels);
  }

  private Family family(String name, Collector.Type type, String help, String... labels) {
    return byName.computeIfAbsent(name, n -> new Family(n, type, help, List.of(labels)));
  }

  List<MetricFamilySamples> all() {
    return byName.values().stream().map(Family::build).toList();
  }
}
