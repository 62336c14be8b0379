package dev.banyan.proxy.badrequests;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** How servers behind the facade take a target for a path. */
final class ServerModels {
  private ServerModels() {}

  /** Whether a server of this kind would serve {@code /denied} for the target. */
  static boolean servesDenied(String model, String target) {
    List<UnaryOperator<String>> readings =
        switch (model) {
          case "any" -> List.of(ServerModels::kestrel, ServerModels::iis);
          case "iis" -> List.of(ServerModels::iis);
          case "tomcat" -> List.of(ServerModels::tomcat);
          case "iis-old" -> List.of(t -> iis(before(t.replace("%u0064", "d"), "::")));
          case "bestfit" -> List.of(t -> iis(t.replace("%ef%bd%84", "d")));
          default -> throw new IllegalArgumentException("model: " + model);
        };
    return readings.stream().anyMatch(reading -> reading.apply(target).startsWith("/denied"));
  }

  private static String iis(String target) {
    String path = decoded(path(target)).replace('\\', '/').replaceAll("/+", "/");
    String known = path.toLowerCase(Locale.ROOT).replaceAll("/\\(s\\([^)]*\\)\\)", "");
    return before(dots(known).replaceAll("[. ]+$", ""), "\0");
  }

  private static String kestrel(String target) {
    return before(dots(decoded(path(target).replaceAll("(?i)%2f", "\1"))), "\0");
  }

  private static String tomcat(String target) {
    return dots(decoded(before(target, "?").replaceAll(";[^/]*", "")));
  }

  private static String path(String target) {
    String path = before(before(target, "?"), "#");
    if (!path.startsWith("http://")) {
      return path;
    }
    int slash = path.indexOf('/', "http://".length());
    return slash < 0 ? "/" : path.substring(slash);
  }

  private static String before(String text, String mark) {
    int at = text.indexOf(mark);
    return at < 0 ? text : text.substring(0, at);
  }

  private static String decoded(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      String hex = i + 3 <= text.length() ? text.substring(i + 1, i + 3) : "";
      if (text.charAt(i) == '%' && hex.matches("[0-9A-Fa-f]{2}")) {
        byte[] one = {(byte) Integer.parseInt(hex, 16)};
        out.append(new String(one, StandardCharsets.ISO_8859_1));
        i += 2;
      } else {
        out.append(text.charAt(i));
      }
    }
    return out.toString();
  }

  private static String dots(String path) {
    List<String> kept = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      if (segment.equals("..")) {
        if (!kept.isEmpty()) {
          kept.removeLast();
        }
      } else if (!segment.equals(".") && !segment.isEmpty()) {
        kept.add(segment);
      }
    }
    return "/" + String.join("/", kept);
  }
}
