package dev.banyan.rules;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads one upstream. */
final class UpstreamReader {
  private static final List<String> KEYS =
      List.of(
          "url",
          "urls",
          "protocol",
          "connect-timeout",
          "timeout",
          "connections",
          "affinity",
          "health",
          "retry",
          "breaker",
          "in-flight",
          "request-body",
          "tls");
  private static final Pattern BASE_URL = Pattern.compile("https?://[^/?#@\\s]+/?");
  private static final int MAX_CONNECTIONS = 65_535;
  private static final URI NOWHERE = URI.create("http://invalid");

  private UpstreamReader() {}

  static Upstream read(String name, RuleNode node) {
    Fields fields = node.fields(KEYS);
    List<URI> urls = new ArrayList<>();
    Optional<RuleNode> several = fields.find("urls");
    if (several.isPresent()) {
      fields.find("url").ifPresent(n -> n.problemAtKey("url beside urls", "write one of them"));
      String cure = "expected a list such as [http://127.0.0.1:5000]";
      for (RuleNode item : several.get().oneOrMore(cure)) {
        item.text(UpstreamReader::url).ifPresent(urls::add);
      }
    } else if (!fields.wants("urls")) {
      fields
          .required("url", "expected url or urls, such as url: http://127.0.0.1:5000")
          .flatMap(n -> n.text(UpstreamReader::url))
          .ifPresent(urls::add);
    }
    return new Upstream(
        name,
        // Stands in where there is a problem, so that reading goes on to the next one.
        urls.isEmpty() ? List.of(NOWHERE) : urls,
        fields
            .find("protocol")
            .flatMap(n -> n.text(UpstreamReader::protocol))
            .orElse(Upstream.Protocol.HTTP1),
        fields
            .find("connect-timeout")
            .flatMap(n -> n.value(Quantity::duration))
            .orElse(Upstream.DEFAULT_CONNECT_TIMEOUT),
        fields
            .find("timeout")
            .flatMap(n -> n.value(Quantity::duration))
            .orElse(Upstream.DEFAULT_TIMEOUT),
        fields
            .find("connections")
            .flatMap(n -> n.number(1, MAX_CONNECTIONS))
            .orElse(Upstream.DEFAULT_CONNECTIONS),
        UpstreamPolicyReader.read(fields, urls.size()));
  }

  private static Upstream.Protocol protocol(String text) {
    return switch (text) {
      case "http1" -> Upstream.Protocol.HTTP1;
      case "h2" -> Upstream.Protocol.HTTP2;
      default -> throw new IllegalArgumentException(text + " (expected: http1 or h2)");
    };
  }

  private static URI url(String text) {
    String message =
        "url: "
            + text.replaceFirst("//.*@", "//…@") // a password is not for logs
            + " (expected http:// or https:// with host and port only, such as http://127.0.0.1:5000)";
    if (!BASE_URL.matcher(text).matches()) {
      throw new IllegalArgumentException(message);
    }
    try {
      // A lone last slash is no path worth refusing; it is dropped, as paths are appended.
      URI url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      if (url.getHost() == null || url.getPort() > 65_535 || url.getPort() == 0) {
        throw new IllegalArgumentException(message);
      }
      return url;
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException(message, malformed);
    }
  }
}
