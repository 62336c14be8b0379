package dev.banyan.parity.body;

import dev.banyan.parity.json.Json;
import dev.banyan.rules.CompareProfile.Arrays;
import java.util.ArrayList;
import java.util.List;

/** Text as a list of lines, each without its end. */
public final class Lines {
  private Lines() {}

  /** The lines; one more, empty, where the text ends with a line end. */
  public static Json.Arr of(String text) {
    List<Json> lines = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      int to = end > start && text.charAt(end - 1) == '\r' ? end - 1 : end;
      lines.add(Json.Text.of(text.substring(start, to)));
      start = end + 1;
    }
    lines.add(Json.Text.of(text.substring(start)));
    return Json.Arr.of(lines, Arrays.ORDERED);
  }

  /** What the lines end with: {@code \r\n}, {@code \n}, both, or nothing at all. */
  public static String ends(String text) {
    int feeds = 0;
    int returns = 0;
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      feeds++;
      if (i > 0 && text.charAt(i - 1) == '\r') {
        returns++;
      }
    }
    return feeds == 0 ? "" : returns == 0 ? "\n" : returns == feeds ? "\r\n" : "\r\n\n";
  }
}
