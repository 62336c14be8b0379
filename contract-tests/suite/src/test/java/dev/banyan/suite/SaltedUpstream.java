package dev.banyan.suite;

import static dev.banyan.suite.KnownSecrets.CARDS;
import static dev.banyan.suite.KnownSecrets.CONFIGURED;
import static dev.banyan.suite.KnownSecrets.EMAILS;
import static dev.banyan.suite.KnownSecrets.IBANS;
import static dev.banyan.suite.KnownSecrets.IDS;
import static dev.banyan.suite.KnownSecrets.NAMES;
import static dev.banyan.suite.KnownSecrets.PASSWORDS;
import static dev.banyan.suite.KnownSecrets.PHONES;
import static dev.banyan.suite.KnownSecrets.SET_COOKIES;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;

/**
 * Answers with private data in every kind of body; the second one's differ, in private places too.
 */
final class SaltedUpstream implements AutoCloseable {
  private final HttpServer server;
  private final int shift;
  private final List<String> told = new CopyOnWriteArrayList<>();

  /**
   * @param shift 0 for the legacy; another number moves every list of secrets by as many places
   */
  SaltedUpstream(int shift) throws IOException {
    this.shift = shift;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.createContext("/", this::answer);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** All that was asked and answered, as it was. */
  List<String> told() {
    return told;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String path = exchange.getRequestURI().getPath();
      String kind = path.substring(path.lastIndexOf('/') + 1);
      byte[] body =
          switch (kind) {
            case "protobuf" -> order();
            case "grpc" -> framed(order());
            default -> text(kind).getBytes(StandardCharsets.UTF_8);
          };
      String type =
          switch (kind) {
            case "xml" -> "application/xml";
            case "html" -> "text/html; charset=utf-8";
            case "text" -> "text/plain; charset=utf-8";
            case "protobuf" -> "application/x-protobuf; messageType=\"shop.v1.Order\"";
            case "grpc" -> "application/grpc";
            default -> "application/json";
          };
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange
          .getResponseHeaders()
          .set(
              "Location",
              "/of/"
                  + one(EMAILS, 7)
                  + "?name="
                  + URLEncoder.encode(one(NAMES, 2), StandardCharsets.UTF_8)
                  + (kind.equals("html") ? "#access_token=" + PASSWORDS.get(2) : ""));
      for (String cookie : SET_COOKIES) {
        exchange
            .getResponseHeaders()
            .add("Set-Cookie", "c" + cookie.length() + shift + "=" + cookie + "; Path=/");
      }
      told.add(
          exchange.getRequestURI()
              + "\n"
              + exchange.getRequestHeaders().values()
              + asked
              + new String(body, StandardCharsets.UTF_8)
              + exchange.getResponseHeaders().values());
      byte[] bytes = kind.equals("zipped") ? zipped(body) : body;
      if (kind.equals("zipped")) {
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      }
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String text(String kind) {
    return switch (kind) {
      case "xml" -> xml();
      case "html" -> html();
      case "text" -> text();
      case "contact" -> contact();
      default -> json();
    };
  }

  private String one(List<String> secrets, int at) {
    return secrets.get((at + shift) % secrets.size());
  }

  private String json() {
    return """
        {"id":17,"mail":"%s","phone":"%s","cards":["%s",%s],"account":{"iban":"%s","salary":%s},
         "person":{"name":"%s","taxId":"%s","note":"%s"},"%s":true,"password":"%s",
         "text":"call %s or write to <%s>, id %s","only%d":"%s","total":%d,
         "visits":{"%s":{"seen":%d}}}
        """
        .formatted(
            one(EMAILS, 0),
            one(PHONES, 0),
            one(CARDS, 1),
            CARDS.get(0),
            one(IBANS, 0),
            CONFIGURED.get(0),
            one(NAMES, 0),
            one(IDS, 0),
            CONFIGURED.get(1),
            one(EMAILS, 1),
            PASSWORDS.get(0),
            one(PHONES, 1),
            one(EMAILS, 2),
            one(IDS, 1),
            shift,
            one(IBANS, 4),
            100 + shift,
            EMAILS.get(3),
            System.nanoTime());
  }

  private String contact() {
    return """
        {"id":17,"mail":"%s","name":"%s","total":%d}"""
        .formatted(one(EMAILS, 1), one(NAMES, 4), 100 + shift);
  }

  private String xml() {
    return """
        <Order id="17" owner="%s"><Name>%s</Name><Diagnosis><Code>%s</Code></Diagnosis>
        <Iban>%s</Iban><Phone kind="home">%s</Phone><Tax><![CDATA[%s]]></Tax><Mail>%s</Mail>
        <Card>%s</Card><Password>%s</Password><Total>%d</Total></Order>
        """
        .formatted(
            one(EMAILS, 3),
            one(NAMES, 1),
            CONFIGURED.get(2),
            one(IBANS, 1),
            one(PHONES, 2),
            one(IDS, 2),
            one(EMAILS, 4).replace("@", "&#64;"),
            one(CARDS, 2),
            PASSWORDS.get(1),
            100 + shift);
  }

  private String html() {
    return """
        <!DOCTYPE html><html><head><title>Order</title></head><body><h1>Order %d</h1>
        <input type="text" name="name" value="%s"><a href="mailto:%s">%s</a>
        <p>%s, %s, %s</p><script>var owner = {"name":"%s","card":"%s"};
        var session = { name: '%s', password: "%s" };</script></body></html>
        """
        .formatted(
            100 + shift,
            one(NAMES, 2),
            one(EMAILS, 5),
            one(PHONES, 3),
            one(IBANS, 2),
            one(CARDS, 3),
            one(IDS, 3),
            one(NAMES, 3),
            one(CARDS, 4),
            one(NAMES, 1),
            PASSWORDS.get(0));
  }

  private String text() {
    return """
        Total %d
        mail %s phone %s / %s
        iban %s card %s
        ids %s, %s
        """
        .formatted(
            100 + shift,
            one(EMAILS, 6),
            one(PHONES, 4),
            one(PHONES, 5),
            one(IBANS, 3),
            one(CARDS, 5),
            one(IDS, 4),
            one(IDS, 5));
  }

  /** All of the secrets in a message: by name, by their looks, in bytes and in an unknown field. */
  private byte[] order() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    number(out, 1, 17);
    field(out, 2, one(NAMES, 0));
    for (List<String> kind : List.of(EMAILS, IBANS, CARDS, PHONES, IDS)) {
      for (int i = 0; i < kind.size(); i++) {
        field(out, 22, one(kind, i));
      }
    }
    field(out, 12, String.join(" ", KnownSecrets.all()));
    number(out, 15, 100 + shift);
    field(out, 25, "call " + one(PHONES, 1) + " or write to <" + one(EMAILS, 2) + ">");
    field(out, 1000, String.join(" ", KnownSecrets.all()) + shift);
    return out.toByteArray();
  }

  private static void number(ByteArrayOutputStream out, int field, int value) {
    varint(out, field << 3);
    varint(out, value);
  }

  private static void field(ByteArrayOutputStream out, int field, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    varint(out, (field << 3) | 2);
    varint(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static void varint(ByteArrayOutputStream out, int value) {
    int rest = value;
    for (; rest > 0x7F; rest >>>= 7) {
      out.write((rest & 0x7F) | 0x80);
    }
    out.write(rest);
  }

  private static byte[] framed(byte[] message) {
    return ByteBuffer.allocate(5 + message.length)
        .put((byte) 0)
        .putInt(message.length)
        .put(message)
        .array();
  }

  private static byte[] zipped(byte[] body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(body);
    }
    return out.toByteArray();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
