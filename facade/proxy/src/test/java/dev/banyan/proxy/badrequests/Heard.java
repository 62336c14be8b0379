package dev.banyan.proxy.badrequests;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client heard.
 *
 * @param junk what follows that is no answer
 */
record Heard(List<Answer> answers, String junk, boolean wellFormed, boolean closed) {

  record Answer(int status, List<SeenRequest.Field> headers, String body, boolean whole) {
    List<String> values(String lowerCaseName) {
      return headers.stream()
          .filter(f -> f.name().equals(lowerCaseName))
          .map(SeenRequest.Field::value)
          .toList();
    }
  }

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})[^\r\n]*\r\n");
  private static final Pattern FIELD =
      Pattern.compile("([!#$%&'*+\\-.^_`|~0-9A-Za-z]+):[ \t]*([\t\\x20-\\x7e\\x80-\\xff]*?)[ \t]*");

  /** The final answers. */
  List<Answer> last() {
    return answers.stream().filter(a -> a.status() >= 200 || a.status() == 101).toList();
  }

  static Heard of(String bytes, String method, boolean closed, boolean reset) {
    List<Answer> answers = new ArrayList<>();
    boolean[] wellFormed = {true};
    String rest = bytes;
    boolean first = true;
    while (!rest.isEmpty()) {
      Matcher status = STATUS.matcher(rest);
      int end = rest.indexOf("\r\n\r\n");
      if (!status.lookingAt() || end < 0) {
        return new Heard(answers, rest, wellFormed[0] && end < 0 && status.lookingAt(), closed);
      }
      int code = Integer.parseInt(status.group(1));
      List<SeenRequest.Field> headers =
          fields(rest.substring(status.end(), Math.max(end, status.end())), wellFormed);
      rest = rest.substring(end + 4);
      Answer head = new Answer(code, headers, "", true);
      if (code >= 100 && code < 200 && code != 101) {
        answers.add(head);
        continue;
      }
      boolean bodiless = (method.equals("HEAD") && first) || code == 204 || code == 304;
      if (!bodiless) {
        rest = body(head, rest, closed && !reset, answers);
      } else {
        answers.add(head);
      }
      first = false;
    }
    return new Heard(answers, "", wellFormed[0], closed);
  }

  private static List<SeenRequest.Field> fields(String block, boolean[] wellFormed) {
    List<SeenRequest.Field> fields = new ArrayList<>();
    for (String line : block.split("\r\n", -1)) {
      Matcher field = FIELD.matcher(line);
      if (field.matches()) {
        String name = field.group(1).toLowerCase(Locale.ROOT);
        fields.add(new SeenRequest.Field(name, field.group(2)));
      } else {
        wellFormed[0] &= line.isEmpty();
      }
    }
    return fields;
  }

  /** Adds the answer and gives what follows it. */
  private static String body(Answer head, String rest, boolean goodEnd, List<Answer> answers) {
    if (head.values("transfer-encoding").contains("chunked")) {
      return chunks(head, rest, answers);
    }
    List<String> lengths = head.values("content-length");
    if (head.status() == 101 || lengths.isEmpty()) {
      answers.add(new Answer(head.status(), head.headers(), rest, goodEnd));
      return "";
    }
    int length = Integer.parseInt(lengths.getFirst());
    boolean whole = rest.length() >= length;
    String body = rest.substring(0, Math.min(length, rest.length()));
    answers.add(new Answer(head.status(), head.headers(), body, whole));
    return rest.substring(body.length());
  }

  private static String chunks(Answer head, String from, List<Answer> answers) {
    StringBuilder body = new StringBuilder();
    String rest = from;
    while (true) {
      int line = rest.indexOf("\r\n");
      int size = line < 0 ? -1 : Integer.parseInt(rest.substring(0, line), 16);
      int end = size == 0 ? rest.indexOf("\r\n\r\n", line) + 4 : line + 2 + size + 2;
      if (size < 0 || end < 4 || end > rest.length()) {
        answers.add(new Answer(head.status(), head.headers(), body.toString(), false));
        return "";
      }
      if (size == 0) {
        answers.add(new Answer(head.status(), head.headers(), body.toString(), true));
        return rest.substring(end);
      }
      body.append(rest, line + 2, line + 2 + size);
      rest = rest.substring(end);
    }
  }
}
