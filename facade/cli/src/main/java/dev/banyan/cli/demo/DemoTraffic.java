package dev.banyan.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Clients that ask the facade for a mix of everything until they are closed. */
final class DemoTraffic implements AutoCloseable {
  private static final int CLIENTS = 8;
  private static final List<String> TARGETS =
      List.of(
          "/api/products/AB-1",
          "/Orders.ashx?id=10001",
          "/api/products",
          "/static.html",
          "/api/products/CD-2",
          "/Orders.ashx",
          "/api/products/zzz",
          "/Store/Index",
          "/api/products/AB-1",
          "/Orders.ashx?id=10002",
          "/bin/Legacy.dll");

  private final String facade;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Map<String, LongAdder> statuses = new ConcurrentSkipListMap<>();
  private volatile boolean going = true;

  DemoTraffic(String facade) {
    this.facade = facade;
  }

  /**
   * Every target once, one after another: an ASP.NET application compiles a page when it is first
   * asked for, and fails some of those who ask meanwhile.
   */
  void wakeUp() throws IOException, InterruptedException {
    for (var target : TARGETS) {
      http.send(request(target), BodyHandlers.discarding());
    }
  }

  void start() {
    for (int i = 0; i < CLIENTS; i++) {
      int first = i;
      Thread.ofVirtual().name("demo client " + i).start(() -> drive(first));
    }
  }

  /** The answers so far by status, as {@code 200: 41, 404: 3}. */
  String counts() {
    return statuses.toString().replace("=", ": ").replaceAll("[{}]", "");
  }

  /** One request now; the named header of its answer. */
  Optional<String> header(String target, String name) throws IOException, InterruptedException {
    return http.send(request(target), BodyHandlers.discarding()).headers().firstValue(name);
  }

  private void drive(int first) {
    for (int i = first; going; i++) {
      var outcome = "no answer";
      try {
        var target = TARGETS.get(i % TARGETS.size());
        outcome =
            Integer.toString(http.send(request(target), BodyHandlers.discarding()).statusCode());
      } catch (IOException e) {
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      } catch (InterruptedException e) {
        return;
      }
      if (going) {
        statuses.computeIfAbsent(outcome, status -> new LongAdder()).increment();
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private HttpRequest request(String target) {
    return HttpRequest.newBuilder(URI.create(facade + target))
        .timeout(Duration.ofSeconds(15))
        .build();
  }

  @Override
  public void close() {
    going = false;
    http.shutdownNow();
  }
}
