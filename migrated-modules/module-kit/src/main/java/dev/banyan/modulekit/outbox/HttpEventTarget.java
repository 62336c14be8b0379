package dev.banyan.modulekit.outbox;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Posts an event as a CloudEvent 1.0 in binary mode; any 2xx is an acknowledgement. */
@ApplicationScoped
@DefaultBean
class HttpEventTarget implements EventTarget {

  private final OutboxSettings settings;
  private final HttpClient client;

  @Inject
  HttpEventTarget(OutboxSettings settings) {
    this.settings = settings;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.timeout())
            .build();
  }

  @Override
  public void deliver(OutboxEvent event) throws IOException, InterruptedException {
    URI target = settings.target().orElseThrow();
    HttpRequest request =
        HttpRequest.newBuilder(target)
            .timeout(settings.timeout())
            .header("Content-Type", "application/json")
            .header("ce-specversion", "1.0")
            .header("ce-id", event.id().toString())
            .header("ce-source", settings.source())
            .header("ce-type", event.type())
            .header("ce-subject", event.subject())
            .header("ce-time", event.at().toString())
            .POST(BodyPublishers.ofString(event.payload()))
            .build();
    HttpResponse<Void> answer = client.send(request, BodyHandlers.discarding());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException("target: " + answer.statusCode() + " (expected: 2xx)");
    }
  }
}
