package dev.banyan.parity.body;

import dev.banyan.parity.json.Json;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * {@code application/x-www-form-urlencoded} by names; a name may be there more than once. A value
 * that is no UTF-8 is told in hex: its charset is known to its reader alone.
 */
final class Form {
  private Form() {}

  /** Empty where a percent sign is no code, or a name is no UTF-8. */
  static Optional<Json> read(String text) {
    List<Json.Member> members = new ArrayList<>();
    for (String pair : text.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      Optional<String> name =
          bytes(equals < 0 ? pair : pair.substring(0, equals)).flatMap(Text::utf8);
      Optional<Json> value = bytes(equals < 0 ? "" : pair.substring(equals + 1)).map(Form::value);
      if (name.isEmpty() || value.isEmpty()) {
        return Optional.empty();
      }
      members.add(new Json.Member(name.get(), value.get()));
    }
    return Optional.of(Json.Obj.of(members));
  }

  private static Optional<byte[]> bytes(String written) {
    return PercentCoding.bytes(written.replace('+', ' '));
  }

  private static Json value(byte[] bytes) {
    return Text.utf8(bytes).<Json>map(Json.Text::of).orElseGet(() -> hex(bytes));
  }

  private static Json hex(byte[] bytes) {
    return Json.Obj.of(
        List.of(new Json.Member("hex", Json.Text.of(HexFormat.of().formatHex(bytes)))));
  }
}
