package dev.banyan.rules;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads one upstream. */
final class UpstreamReader {
  private static final List<String> KEYS =
      List.of("url", "urls", "connect-timeout", "timeout", "connections");
  private static final URI NOWHERE = URI.create("http://invalid");

  private UpstreamReader() {}

  static Upstream read(String name, RuleNode node) {
    Map<String, RuleNode> fields = node.fields(KEYS);
    List<URI> urls = new ArrayList<>();
    // A misspelt key is told once, not again as a missing one.
    boolean misspelt = fields.size() < node.size();
    if (fields.containsKey("url") == fields.containsKey("urls")
        && !(misspelt && !fields.containsKey("url"))) {
      node.problem(
          fields.containsKey("url") ? "url and urls both stand here" : "missing key: url",
          "expected one of them, such as url: http://127.0.0.1:5000");
    }
    for (String key : List.of("url", "urls")) {
      RuleNode field = fields.get(key);
      if (field != null) {
        field.items().forEach(item -> urls.add(item.read(UpstreamReader::url, NOWHERE)));
      }
    }
    RuleNode connect = fields.get("connect-timeout");
    RuleNode timeout = fields.get("timeout");
    RuleNode connections = fields.get("connections");
    return new Upstream(
        name,
        urls.isEmpty() ? List.of(NOWHERE) : urls,
        connect == null
            ? Upstream.DEFAULT_CONNECT_TIMEOUT
            : connect.read(Quantity::duration, Upstream.DEFAULT_CONNECT_TIMEOUT),
        timeout == null
            ? Upstream.DEFAULT_TIMEOUT
            : timeout.read(Quantity::duration, Upstream.DEFAULT_TIMEOUT),
        connections == null
            ? Upstream.DEFAULT_CONNECTIONS
            : connections.read(Quantity::count, Upstream.DEFAULT_CONNECTIONS));
  }

  private static URI url(String text) {
    String cure =
        " (expected http:// or https:// with host and port only, such as http://127.0.0.1:5000)";
    try {
      URI url = new URI(text.strip());
      boolean scheme = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      boolean bare =
          (url.getRawPath() == null || url.getRawPath().isEmpty() || url.getRawPath().equals("/"))
              && url.getRawQuery() == null
              && url.getRawFragment() == null
              && url.getRawUserInfo() == null;
      if (!scheme
          || url.getHost() == null
          || !bare
          || url.getPort() > 65_535
          || url.getPort() == 0) {
        throw new IllegalArgumentException("url: " + text + cure);
      }
      return url;
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException("url: " + text + cure, malformed);
    }
  }
}
