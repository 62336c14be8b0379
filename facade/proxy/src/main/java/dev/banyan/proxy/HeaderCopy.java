package dev.banyan.proxy;

import dev.banyan.parity.Headers;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Copies end-to-end headers. */
final class HeaderCopy {
  /** Marks a copy for the module that gets it; a client cannot set it. */
  static final String SHADOW_MARK = "banyan-shadow";

  private HeaderCopy() {}

  /** From a client's request to the upstream's. */
  static void request(MultiMap from, MultiMap to) {
    Set<String> dropped = HopByHop.of(from);
    for (Map.Entry<String, String> header : from) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (!dropped.contains(name)
          && !ForwardedHeaders.NAMES.contains(name)
          && !name.equals(SHADOW_MARK)) {
        to.add(header.getKey(), header.getValue());
      }
    }
  }

  /** From the upstream's answer to the client's. */
  static void answer(MultiMap from, MultiMap to) {
    Set<String> dropped = HopByHop.of(from);
    for (Map.Entry<String, String> header : from) {
      if (!dropped.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        to.add(header.getKey(), header.getValue());
      }
    }
  }

  /** As values that outlive the exchange; hop-by-hop ones left out. */
  static Headers kept(MultiMap from) {
    Set<String> dropped = HopByHop.of(from);
    List<Headers.Field> fields = new ArrayList<>();
    for (Map.Entry<String, String> header : from) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (!dropped.contains(name) && !name.equals(SHADOW_MARK)) {
        fields.add(new Headers.Field(header.getKey(), header.getValue()));
      }
    }
    return fields.isEmpty() ? Headers.NONE : new Headers(fields);
  }
}
