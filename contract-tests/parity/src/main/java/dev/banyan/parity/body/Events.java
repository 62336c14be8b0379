package dev.banyan.parity.body;

import dev.banyan.parity.json.Json;
import dev.banyan.parity.json.JsonReader;
import dev.banyan.rules.CompareProfile.Arrays;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Server-sent events: their fields by name, data as JSON where it is JSON; comments say nothing.
 */
final class Events {
  private Events() {}

  static Json read(String text) {
    List<Json> events = new ArrayList<>();
    Map<String, StringBuilder> fields = new LinkedHashMap<>();
    for (String line : text.split("\r\n|\n|\r", -1)) {
      if (line.isEmpty()) {
        finish(fields, events);
      } else if (line.charAt(0) != ':') {
        int colon = line.indexOf(':');
        String name = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        StringBuilder field = fields.get(name);
        if (field == null || !name.equals("data")) {
          fields.put(name, new StringBuilder(unspaced(value)));
        } else {
          field.append('\n').append(unspaced(value));
        }
      }
    }
    finish(fields, events);
    return Json.Arr.of(events, Arrays.ORDERED);
  }

  private static void finish(Map<String, StringBuilder> fields, List<Json> events) {
    if (fields.isEmpty()) {
      return;
    }
    List<Json.Member> members = new ArrayList<>();
    fields.forEach((name, value) -> members.add(new Json.Member(name, data(value.toString()))));
    events.add(Json.Obj.of(members));
    fields.clear();
  }

  private static Json data(String text) {
    return (text.startsWith("{") || text.startsWith("["))
            && new JsonReader(Arrays.ORDERED).read(text)
                instanceof JsonReader.Outcome.Tree(Json root)
        ? root
        : Json.Text.of(text);
  }

  private static String unspaced(String value) {
    return value.startsWith(" ") ? value.substring(1) : value;
  }
}
