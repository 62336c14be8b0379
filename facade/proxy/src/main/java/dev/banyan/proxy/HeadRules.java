package dev.banyan.proxy;

import dev.banyan.proxy.RequestGate.Refusal;
import dev.banyan.proxy.edge.EdgeLimits;
import dev.banyan.proxy.edge.RefusalReason;
import io.vertx.core.MultiMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the fields of a request must be like, looked at once from the first to the last. */
final class HeadRules {
  static final Refusal HOST =
      RequestGate.bad(RefusalReason.HOST, "Host: missing, repeated or malformed (expected: one)");
  private static final Refusal NAME =
      RequestGate.bad(RefusalReason.HEADER, "header name: empty or not a token");
  private static final Refusal FRAMING =
      RequestGate.bad(
          RefusalReason.FRAMING,
          "framing: Content-Length and Transfer-Encoding (expected: one of them, once)");
  private static final Refusal CODING =
      new Refusal(501, RefusalReason.FRAMING, "Transfer-Encoding: unknown (expected: chunked)");
  private static final Refusal EXPECTATION =
      new Refusal(417, RefusalReason.EXPECTATION, "Expect: unknown (expected: 100-continue, once)");

  private final int maxFields;
  private final long maxBody;
  private final Refusal tooMany;
  private final Refusal tooLarge;

  HeadRules(EdgeLimits limits) {
    maxFields = limits.headers();
    maxBody = limits.body();
    tooMany =
        new Refusal(
            431,
            RefusalReason.TOO_MANY_HEADERS,
            "header fields: too many (expected: up to " + maxFields + ")");
    tooLarge =
        new Refusal(
            413,
            RefusalReason.BODY_TOO_LARGE,
            "Content-Length: too large (expected: up to " + maxBody + " bytes)");
  }

  /** What is wrong, or null. */
  @Nullable Refusal check(MultiMap headers, boolean http10) {
    int fields = 0;
    int hosts = 0;
    int lengths = 0;
    int codings = 0;
    int expects = 0;
    for (Map.Entry<String, String> field : headers) {
      String name = field.getKey();
      if (!Tokens.isToken(name)) {
        return NAME;
      }
      fields++;
      switch (name.length()) {
        case 4 -> {
          if (name.equalsIgnoreCase("host")) {
            hosts++;
            if (!isHost(field.getValue())) {
              return HOST;
            }
          }
        }
        case 6 -> {
          if (name.equalsIgnoreCase("expect")) {
            expects++;
            if (!field.getValue().equalsIgnoreCase("100-continue")) {
              return EXPECTATION;
            }
          }
        }
        case 14 -> {
          if (name.equalsIgnoreCase("content-length")) {
            lengths++;
            if (maxBody > 0 && isOver(field.getValue())) {
              return tooLarge;
            }
          }
        }
        case 17 -> {
          if (name.equalsIgnoreCase("transfer-encoding")) {
            codings++;
            if (!field.getValue().equalsIgnoreCase("chunked")) {
              return CODING;
            }
          }
        }
        default -> {}
      }
    }
    if (fields > maxFields) {
      return tooMany;
    }
    if (hosts > 1 || (hosts == 0 && !http10)) {
      return HOST;
    }
    if (lengths + codings > 1) {
      return FRAMING;
    }
    return expects > 1 ? EXPECTATION : null;
  }

  /** The codec lets only digits through, up to the longest long. */
  private boolean isOver(String length) {
    return length.length() > 18 || Long.parseLong(length) > maxBody;
  }

  static boolean isHost(String host) {
    for (int i = 0; i < host.length(); i++) {
      if (!Tokens.isHostChar(host.charAt(i))) {
        return false;
      }
    }
    return !host.isEmpty() && host.charAt(0) != ':';
  }
}
