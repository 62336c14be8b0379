package dev.banyan.contracts;

import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends recorded requests to one base URL. Every failure is an observation. */
public final class RequestSender implements AutoCloseable {
  /** Bytes of an answer, at the most. */
  private static final int MAX_ANSWER = 64 << 20;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** The client sets these itself, and refuses to be told. */
  private static final Set<String> THE_CLIENTS_OWN =
      Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding");

  /** They spoke of the connection of then (RFC 9110, section 7.6.1). */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("keep-alive", "proxy-connection", "proxy-authorization", "te", "trailer");

  /** Methods that say nothing of a body when they have none. */
  private static final Set<String> BARE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

  private final HttpClient client;
  private final String base;
  private final Duration timeout;
  private final Host host;

  /** What stands in the Host field. */
  public enum Host {
    /** The target's own. */
    OF_THE_TARGET,
    /** The recorded one. */
    AS_RECORDED
  }

  /**
   * Lets the client of this process send the Host that it is given. Only before any class of the
   * client is loaded, as it reads this once.
   */
  public static void allowHost() {
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
  }

  private RequestSender(String base, Duration timeout, Host host) {
    this.base = base;
    this.timeout = timeout;
    this.host = host;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
  }

  /** A sender to this base URL; each request may take as long as {@code timeout}. */
  public static RequestSender to(URI target, Duration timeout) {
    return to(target, timeout, Host.OF_THE_TARGET);
  }

  /**
   * The same with a choice of Host.
   *
   * @throws IllegalStateException where the recorded Host is wanted and the client of this process
   *     would refuse it, see {@link #allowHost}
   */
  public static RequestSender to(URI target, Duration timeout, Host host) {
    if (host == Host.AS_RECORDED) {
      requireThatHostCanBeSet(target);
    }
    String scheme = target.getScheme() == null ? "" : target.getScheme().toLowerCase(Locale.ROOT);
    if (!Set.of("http", "https").contains(scheme) || target.getHost() == null) {
      throw new IllegalArgumentException(
          "target: " + target + " (expected: a base URL such as http://127.0.0.1:8101)");
    }
    String written = target.toString();
    String base = written.endsWith("/") ? written.substring(0, written.length() - 1) : written;
    return new RequestSender(base, timeout, host);
  }

  private static void requireThatHostCanBeSet(URI target) {
    try {
      HttpRequest.newBuilder(target).header("Host", "a");
    } catch (IllegalArgumentException refused) {
      throw new IllegalStateException(
          "jdk.httpclient.allowRestrictedHeaders: without host (expected: host)", refused);
    }
  }

  /** Sends one request and waits for its whole answer, or its failure. */
  public Observation send(RequestCopy request) {
    long start = System.nanoTime();
    HttpRequest toSend;
    try {
      toSend = toSend(request);
    } catch (IllegalArgumentException unsendable) {
      return failed("request-not-sendable", start);
    }
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(toSend, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER));
    try {
      // The request's own timeout ends with the head of the answer; this one covers the body too.
      return observe(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS), start);
    } catch (TimeoutException late) {
      answer.cancel(true);
      return failed("answer-timeout", start);
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause();
      return failed(name(cause == null ? failure : cause), start);
    } catch (InterruptedException interrupted) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return failed("interrupted", start);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private HttpRequest toSend(RequestCopy request) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(uri(request.target()));
    byte[] body = request.body() instanceof Body.Whole(byte[] bytes) ? bytes : new byte[0];
    boolean bare = body.length == 0 && BARE_METHODS.contains(request.method());
    // An empty publisher says Content-Length: 0; some servers wait for a body without it.
    builder.method(
        request.method(), bare ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    for (Headers.Field field : request.headers().fields()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      boolean kept = host == Host.AS_RECORDED && name.equals("host");
      if (kept || !(THE_CLIENTS_OWN.contains(name) || OF_THE_CONNECTION.contains(name))) {
        builder.header(field.name(), field.value());
      }
    }
    return builder.build();
  }

  /**
   * Chars that a URI may not have, though browsers send them and servers take them, are encoded.
   */
  private URI uri(String target) {
    StringBuilder encoded = new StringBuilder(base);
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c <= ' ' || c >= 0x7F || "\"<>\\^`{|}[]#".indexOf(c) >= 0) {
        encoded.append("%%%02X".formatted((int) c & 0xFF));
      } else {
        encoded.append(c);
      }
    }
    return URI.create(encoded.toString());
  }

  private static Observation observe(HttpResponse<byte[]> response, long start) {
    List<Headers.Field> fields = new ArrayList<>();
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> values.forEach(value -> fields.add(new Headers.Field(name, value))));
    Duration duration = since(start);
    return new Observation.Answered(
        response.statusCode(),
        new Headers(fields),
        new Body.Whole(response.body()),
        Headers.NONE,
        duration,
        duration);
  }

  private static Observation failed(String failure, long start) {
    return new Observation.Failed(failure, since(start));
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static String name(Throwable failure) {
    return switch (failure) {
      case ConnectException refused -> "connect-refused";
      case HttpTimeoutException late -> "connect-timeout";
      case IOException broken -> "answer-broken";
      default -> "request-failed";
    };
  }
}
