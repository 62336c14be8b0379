package dev.banyan.legacy.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** All captures of a folder, and which of them answers a request. Safe for many threads. */
final class CaptureBook {
  private static final List<String> TELLING =
      List.of(
          "Accept",
          "SOAPAction",
          "Content-Type",
          "Content-Length",
          "Range",
          "If-Modified-Since",
          "If-None-Match",
          "Cookie",
          "Expect",
          "Transfer-Encoding",
          "X-Requested-With");

  private final Map<String, List<Capture>> byTarget;
  private final Map<String, AtomicInteger> turns = new ConcurrentHashMap<>();

  private CaptureBook(Map<String, List<Capture>> byTarget) {
    this.byTarget = byTarget;
  }

  static CaptureBook read(Path folder) throws IOException {
    var byTarget = new HashMap<String, List<Capture>>();
    List<Path> files;
    try (var listing = Files.list(folder)) {
      files = listing.filter(file -> file.toString().endsWith(".http")).sorted().toList();
    }
    for (Path file : files) {
      Capture capture = Capture.read(file);
      byTarget.computeIfAbsent(key(capture.request()), any -> new ArrayList<>()).add(capture);
    }
    if (byTarget.isEmpty()) {
      throw new IOException("captures: none in " + folder + " (expected: *.http files)");
    }
    return new CaptureBook(byTarget);
  }

  /** The best match; a request captured more than once is answered in order, the last repeats. */
  Optional<Capture> find(RawRequest request) {
    List<Capture> candidates = byTarget.getOrDefault(key(request), List.of());
    int best = candidates.stream().mapToInt(c -> likeness(c.request(), request)).max().orElse(0);
    List<Capture> equals =
        candidates.stream().filter(c -> likeness(c.request(), request) == best).toList();
    if (equals.isEmpty()) {
      return Optional.empty();
    }
    Capture first = equals.getFirst();
    List<Capture> repeats =
        equals.stream().filter(c -> same(c.request(), first.request())).toList();
    int turn = turns.computeIfAbsent(first.name(), any -> new AtomicInteger()).getAndIncrement();
    return Optional.of(repeats.get(Math.min(Math.max(turn, 0), repeats.size() - 1)));
  }

  private static int likeness(RawRequest captured, RawRequest asked) {
    int points = captured.body().equals(asked.body()) ? 16 : 0;
    for (String name : TELLING) {
      Optional<String> then = captured.header(name);
      Optional<String> now = asked.header(name);
      points += then.isPresent() == now.isPresent() ? 4 : 0;
      points += then.equals(now) ? 2 : 0;
    }
    return points;
  }

  private static boolean same(RawRequest one, RawRequest other) {
    return one.fields().equals(other.fields()) && one.body().equals(other.body());
  }

  private static String key(RawRequest request) {
    return request.method() + " " + request.target();
  }
}
