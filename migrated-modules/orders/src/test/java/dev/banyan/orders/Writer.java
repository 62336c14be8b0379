package dev.banyan.orders;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that repeats each write, under its key, until it has an answer. */
final class Writer {

  private static final Pattern NUMBER = Pattern.compile("\"OrderID\":(\\d+)");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Supplier<List<URI>> services;

  Writer(Supplier<List<URI>> services) {
    this.services = services;
  }

  /** Creates an order, changes it and, where asked to, cancels it; answers its number. */
  String order(String key, boolean cancelled) throws InterruptedException {
    String created = send(key + "-create", "POST", "/Orders.ashx", order(key, 1), 201);
    Matcher number = NUMBER.matcher(created);
    if (!number.find()) {
      throw new AssertionError(created);
    }
    String address = "/Orders.ashx?id=" + number.group(1);
    String unused = send(key + "-change", "POST", address, order(key, 2), 200);
    if (cancelled) {
      unused = send(key + "-cancel", "DELETE", address, "", 204);
    }
    return number.group(1);
  }

  private static String order(String name, int total) {
    return "{\"CustomerName\":\"" + name + "\",\"Total\":" + total + "}";
  }

  private String send(String key, String method, String address, String body, int expected)
      throws InterruptedException {
    while (true) {
      List<URI> now = services.get();
      if (now.isEmpty()) { // All that were there are killed, and their replacements are starting.
        Thread.sleep(20);
        continue;
      }
      URI service = now.get(ThreadLocalRandom.current().nextInt(now.size()));
      HttpRequest request =
          HttpRequest.newBuilder(service.resolve(address))
              .timeout(Duration.ofSeconds(30))
              .header("Content-Type", "application/json")
              .header("Idempotency-Key", key)
              .method(method, BodyPublishers.ofString(body))
              .build();
      try {
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() == expected) {
          return answer.body();
        }
        if (answer.statusCode() != 409 && answer.statusCode() < 500) {
          throw new AssertionError(method + " " + address + ": " + answer.statusCode());
        }
      } catch (IOException killed) {
        // Not known whether it was done: that is what the key is for.
      }
      Thread.sleep(20);
    }
  }
}
