package dev.banyan.contracts.recordings;

import dev.banyan.parity.Body.NotKept;
import dev.banyan.parity.Body.TooLarge;
import dev.banyan.parity.Body.Whole;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.parity.body.MediaType;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One entry of a HAR while it is read. */
final class HarEntry {
  /** A fragment is never sent. */
  private static final Pattern URL =
      Pattern.compile("(?i)https?://([^/?#]+)([^#]*)(?:#.*)?", Pattern.DOTALL);

  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]{0,40}):");

  private static final Pattern METHOD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,40}");

  /** The content of a HAR is decoded, so what named its codings and its length holds no more. */
  private static final Set<String> OF_THE_WIRE =
      Set.of("content-encoding", "transfer-encoding", "content-length");

  String method = "";
  String url = "";
  int status;
  double millis;
  final List<Pair> requestHeaders = new ArrayList<>();
  final List<Pair> responseHeaders = new ArrayList<>();
  final Body posted = new Body();
  final Body content = new Body();

  /** A name and a value. */
  record Pair(String name, String value) {}

  /** {@code postData} or {@code content}. */
  static final class Body {
    String text = "";
    String encoding = "";
    String type = "";
    long size;
    final List<Pair> params = new ArrayList<>();
  }

  /** Browsers list what they made themselves, too: {@code data:}, {@code blob:}; and sockets. */
  boolean isOfAnotherScheme() {
    Matcher scheme = SCHEME.matcher(url);
    return scheme.lookingAt() && !scheme.group(1).toLowerCase(Locale.ROOT).matches("https?");
  }

  RecordedExchange exchange(String place, Caps caps) throws UnreadableRecording {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new UnreadableRecording(place, "request.url", url, "an http or https URL");
    }
    if (!METHOD.matcher(method).matches()) {
      throw new UnreadableRecording(place, "request.method", method, "a method, such as GET");
    }
    if (status != 0 && (status < 100 || status > 599)) {
      throw new UnreadableRecording(
          place, "response.status", Integer.toString(status), "100 to 599, or 0 for no answer");
    }
    String rest = parts.group(2);
    String target = ascii(rest.startsWith("/") ? rest : "/" + rest);
    return RecordedExchange.asked(
        place,
        new RequestCopy(method, target, asked(parts.group(1)), sent(place)),
        answer(place, caps));
  }

  /** HTTP/2 has its Host in a pseudo field, and no field of that name. */
  private Headers asked(String authority) {
    List<Headers.Field> fields = fields(requestHeaders, Set.of("content-length"));
    if (fields.stream().noneMatch(field -> field.name().equalsIgnoreCase("host"))) {
      fields.addFirst(
          new Headers.Field("Host", authority.substring(authority.lastIndexOf('@') + 1)));
    }
    return new Headers(fields);
  }

  private dev.banyan.parity.Body sent(String place) throws UnreadableRecording {
    if (posted.text.isEmpty() && !posted.params.isEmpty()) {
      boolean form =
          posted.type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
      return form ? new Whole(form(posted.params)) : new NotKept();
    }
    return new Whole(bytes(place, posted, posted.type));
  }

  private Observation answer(String place, Caps caps) throws UnreadableRecording {
    Duration took = Duration.ofNanos((long) (Math.clamp(millis, 0, 1e9) * 1e6));
    if (status < 200 && status != 101) {
      return new Observation.Failed("no-answer", took);
    }
    Headers headers = new Headers(fields(responseHeaders, OF_THE_WIRE));
    return new Observation.Answered(
        status, headers, body(place, headers, caps), Headers.NONE, took, took);
  }

  private dev.banyan.parity.Body body(String place, Headers headers, Caps caps)
      throws UnreadableRecording {
    if (content.text.isEmpty()) {
      boolean nothing =
          content.size <= 0 || method.equals("HEAD") || status == 204 || status == 304;
      return nothing ? dev.banyan.parity.Body.EMPTY : new NotKept();
    }
    byte[] bytes = bytes(place, content, headers.first("content-type").orElse(content.type));
    return bytes.length > caps.body() ? new TooLarge(caps.body()) : new Whole(bytes);
  }

  /** A text stands decoded in the file, and goes back into the charset that its type names. */
  private static byte[] bytes(String place, Body body, String type) throws UnreadableRecording {
    if (body.encoding.equalsIgnoreCase("base64")) {
      try {
        return Base64.getMimeDecoder().decode(body.text);
      } catch (IllegalArgumentException notBase64) {
        throw new UnreadableRecording(place, "content.text", body.text, "base64");
      }
    }
    Charset charset =
        MediaType.parse(type)
            .flatMap(MediaType::charset)
            .filter(Charset::canEncode)
            .orElse(StandardCharsets.UTF_8);
    return body.text.getBytes(charset);
  }

  /** Some recorders show a URL as it is read rather than as it was sent. */
  private static String ascii(String target) {
    StringBuilder sent = new StringBuilder();
    for (byte b : target.getBytes(StandardCharsets.UTF_8)) {
      if (b > ' ' && b < 0x7F) {
        sent.append((char) b);
      } else {
        sent.append("%%%02X".formatted(b & 0xFF));
      }
    }
    return sent.toString();
  }

  private static byte[] form(List<Pair> params) {
    return params.stream()
        .map(pair -> encoded(pair.name()) + "=" + encoded(pair.value()))
        .collect(Collectors.joining("&"))
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Some recorders leave the values as they were sent. */
  private static String encoded(String text) {
    return text.matches("[0-9A-Za-z*._%+-]*")
        ? text
        : URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static List<Headers.Field> fields(List<Pair> pairs, Set<String> without) {
    List<Headers.Field> fields = new ArrayList<>();
    for (Pair pair : pairs) {
      String name = pair.name();
      if (!name.isEmpty()
          && !name.startsWith(":")
          && !without.contains(name.toLowerCase(Locale.ROOT))) {
        // Chrome joins repeated fields with line feeds.
        for (String value : pair.value().split("\n", -1)) {
          fields.add(new Headers.Field(name, value.strip()));
        }
      }
    }
    return fields;
  }
}
