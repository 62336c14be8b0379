package dev.banyan.app.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A Chromium without a window, driven by its DevTools protocol; where one is installed. */
final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration GENEROUS = Duration.ofSeconds(60);

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebSocket tab;
  private volatile CompletableFuture<JsonNode> answer = new CompletableFuture<>();
  private int calls;

  static Optional<Path> installed() {
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .map(name -> Path.of("/usr/bin", name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Opens a page.
   *
   * @param folder for the browser's own files
   */
  Browser(Path program, Path folder, URI page) throws Exception {
    process =
        new ProcessBuilder(
                List.of(
                    program.toString(),
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-dev-shm-usage",
                    "--no-first-run",
                    "--remote-debugging-port=0",
                    "--user-data-dir=" + folder,
                    "about:blank"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("browser.out").toFile())
            .start();
    Path portFile = folder.resolve("DevToolsActivePort");
    Awaitility.await()
        .dontCatchUncaughtExceptions()
        .atMost(GENEROUS)
        .until(() -> Files.exists(portFile) && Files.readAllLines(portFile).size() >= 2);
    String port = Files.readAllLines(portFile).getFirst();
    tab =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(firstTab(port)), new Listening())
            .get(60, TimeUnit.SECONDS);
    call("Page.navigate", Map.of("url", page.toString()));
  }

  private String firstTab(String port) throws IOException, InterruptedException {
    String list =
        http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                    .build(),
                BodyHandlers.ofString())
            .body();
    for (JsonNode tab : JSON.readTree(list)) {
      if (tab.path("type").asText().equals("page")) {
        return tab.path("webSocketDebuggerUrl").asText();
      }
    }
    throw new IOException("no tab: " + list);
  }

  /** The value of an expression in the page, as text. */
  String evaluate(String expression) throws Exception {
    return call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true))
        .path("result")
        .path("result")
        .path("value")
        .asText();
  }

  /** Waits until the page's text holds this. */
  void awaitText(String text) {
    Awaitility.await("the page shows: " + text)
        .dontCatchUncaughtExceptions()
        .atMost(GENEROUS)
        .until(() -> evaluate("document.body.innerText").contains(text));
  }

  /** Presses the button with this name for screen readers, or this text. */
  void press(String name) throws Exception {
    String found =
        evaluate(
            "(() => { const one = [...document.querySelectorAll('button')].find(b =>"
                + " (b.getAttribute('aria-label') || b.textContent) === '"
                + name
                + "'); if (one) one.click(); return one ? 'pressed' : 'none'; })()");
    if (!found.equals("pressed")) {
      throw new IllegalStateException("button: " + name + " (expected: one on the page)");
    }
  }

  private synchronized JsonNode call(String method, Map<String, ?> parameters) throws Exception {
    answer = new CompletableFuture<>();
    calls++;
    tab.sendText(
            JSON.writeValueAsString(Map.of("id", calls, "method", method, "params", parameters)),
            true)
        .get(60, TimeUnit.SECONDS);
    return answer.get(60, TimeUnit.SECONDS);
  }

  /** Events are passed over; one call is under way at a time. */
  private final class Listening implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        try {
          JsonNode message = JSON.readTree(text.toString());
          if (message.has("id")) {
            answer.complete(message);
          }
        } catch (IOException unreadable) {
          answer.completeExceptionally(unreadable);
        }
        text.setLength(0);
      }
      socket.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }

  @Override
  public void close() {
    tab.abort();
    http.close();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
