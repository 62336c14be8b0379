package dev.banyan.parity.body;

import dev.banyan.parity.json.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code application/x-www-form-urlencoded} by names; a name may be there more than once. */
final class Form {
  private Form() {}

  static Optional<Json> read(String text) {
    List<Json.Member> members = new ArrayList<>();
    try {
      for (String pair : text.split("&", -1)) {
        if (!pair.isEmpty()) {
          int equals = pair.indexOf('=');
          String name = equals < 0 ? pair : pair.substring(0, equals);
          String value = equals < 0 ? "" : pair.substring(equals + 1);
          members.add(new Json.Member(decoded(name), Json.Text.of(decoded(value))));
        }
      }
    } catch (IllegalArgumentException broken) {
      return Optional.empty();
    }
    return Optional.of(Json.Obj.of(members));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
