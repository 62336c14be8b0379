package dev.banyan.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The recorded list of requests to the sample legacy, sent in order; later ones use values saved
 * from earlier ones.
 */
final class WebRequests {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");

  private WebRequests() {}

  /** One request of the list and what came back. */
  record Sent(String name, String target, RawExchange answer) {}

  static List<Sent> sendAll(int port) throws IOException {
    Path list = Processes.HOME.resolve("legacy-adapters/sample-legacy/requests/web.json");
    JsonNode all = Facade.JSON.readTree(Files.readAllBytes(list));
    Map<String, String> saved = new HashMap<>();
    List<Sent> sent = new ArrayList<>();
    for (JsonNode entry : all) {
      String method = entry.path("m").asText("GET");
      String target = fill(entry.path("t").asText(), saved);
      RawExchange answer = RawExchange.send(port, request(entry, method, target, saved), method);
      save(entry, answer, saved);
      sent.add(new Sent(entry.path("n").asText(), target, answer));
    }
    return sent;
  }

  private static byte[] request(
      JsonNode entry, String method, String target, Map<String, String> saved) {
    Map<String, String> headers = new LinkedHashMap<>();
    // The same for both ways, so that what the legacy builds from Host is the same.
    headers.put("Host", "127.0.0.1:5203");
    headers.put("User-Agent", "capture/1");
    headers.put("Accept", "*/*");
    entry
        .path("h")
        .properties()
        .forEach(h -> headers.put(h.getKey(), fill(h.getValue().asText(), saved)));
    String body = null;
    if (entry.has("form")) {
      List<String> pairs = new ArrayList<>();
      entry
          .path("form")
          .properties()
          .forEach(
              f ->
                  pairs.add(encode(f.getKey()) + "=" + encode(fill(f.getValue().asText(), saved))));
      body = String.join("&", pairs);
      headers.putIfAbsent("Content-Type", "application/x-www-form-urlencoded");
    } else if (entry.has("b")) {
      body = fill(entry.path("b").asText(), saved);
    }
    byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    if (body != null && !headers.containsKey("Transfer-Encoding")) {
      headers.putIfAbsent("Content-Length", Integer.toString(bytes.length));
    }
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    byte[] whole = java.util.Arrays.copyOf(first, first.length + bytes.length);
    System.arraycopy(bytes, 0, whole, first.length, bytes.length);
    return whole;
  }

  private static void save(JsonNode entry, RawExchange answer, Map<String, String> saved) {
    String all = String.join("\r\n", answer.headers()) + "\r\n\r\n" + answer.text();
    entry
        .path("save")
        .properties()
        .forEach(
            wanted -> {
              Matcher matcher =
                  Pattern.compile(
                          wanted.getValue().asText(), Pattern.DOTALL | Pattern.CASE_INSENSITIVE)
                      .matcher(all);
              if (matcher.find()) {
                saved.put(wanted.getKey(), matcher.group(1).replace("&amp;", "&"));
              }
            });
  }

  private static String fill(String text, Map<String, String> saved) {
    return VARIABLE
        .matcher(text)
        .replaceAll(m -> Matcher.quoteReplacement(saved.getOrDefault(m.group(1), "")));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
