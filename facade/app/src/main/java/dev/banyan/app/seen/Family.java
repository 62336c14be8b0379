package dev.banyan.app.seen;

import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.ArrayList;
import java.util.List;

/** One metric and its samples while they are collected. */
final class Family {
  private final String name;
  private final Collector.Type type;
  private final String help;
  private final List<String> labels;
  private final List<MetricFamilySamples.Sample> samples = new ArrayList<>();

  Family(String name, Collector.Type type, String help, List<String> labels) {
    this.name = name;
    this.type = type;
    this.help = help;
    this.labels = labels;
  }

  void add(double value, String... labelValues) {
    String sample = type == Collector.Type.COUNTER ? name + "_total" : name;
    samples.add(new MetricFamilySamples.Sample(sample, labels, List.of(labelValues), value));
  }

  void bucket(double bound, long count, String... labelValues) {
    List<String> names = new ArrayList<>(labels);
    names.add("le");
    List<String> values = new ArrayList<>(List.of(labelValues));
    values.add(bound == Double.POSITIVE_INFINITY ? "+Inf" : Double.toString(bound));
    samples.add(new MetricFamilySamples.Sample(name + "_bucket", names, values, count));
  }

  void countAndSum(long count, double sum, String... labelValues) {
    samples.add(
        new MetricFamilySamples.Sample(name + "_count", labels, List.of(labelValues), count));
    samples.add(new MetricFamilySamples.Sample(name + "_sum", labels, List.of(labelValues), sum));
  }

  MetricFamilySamples build() {
    return new MetricFamilySamples(name, type, help, samples);
  }
}
