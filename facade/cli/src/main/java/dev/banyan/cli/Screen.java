package dev.banyan.cli;

import java.io.PrintWriter;

/**
 * Where a command prints. Answers hold text that strangers may have sent, so every control
 * character is made visible: an escape sequence in a body must not steer the operator's terminal.
 */
public final class Screen {
  /** The few colours in use. */
  public enum Colour {
    RED("31"),
    GREEN("32"),
    YELLOW("33"),
    BOLD("1");

    private final String code;

    Colour(String code) {
      this.code = code;
    }
  }

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean colours;

  private Screen(PrintWriter out, PrintWriter err, boolean colours) {
    this.out = out;
    this.err = err;
    this.colours = colours;
  }

  /** A screen with colours where standard output is a terminal and NO_COLOR is unset. */
  public static Screen of(PrintWriter out, PrintWriter err) {
    return new Screen(out, err, isTerminal() && System.getenv("NO_COLOR") == null);
  }

  /** Whether a person looks at the output. */
  @SuppressWarnings("SystemConsoleNull") // JDK 25 went back to null where there is no terminal
  public static boolean isTerminal() {
    var console = System.console();
    return console != null && console.isTerminal();
  }

  /** The columns to fill: the terminal's, else 120. */
  public static int width() {
    var columns = System.getenv("COLUMNS");
    if (columns == null || !columns.matches("[0-9]{2,4}")) {
      return 120;
    }
    return Math.max(60, Integer.parseInt(columns));
  }

  public void line(String text) {
    out.println(safe(text));
    out.flush();
  }

  public void line(Colour colour, String text) {
    out.println(paint(colour, safe(text)));
    out.flush();
  }

  /** Text of several lines, kept as lines. */
  void block(String text) {
    text.lines().forEach(this::line);
  }

  /** JSON as received; control characters become their JSON escapes, which mean the same. */
  void json(String json) {
    var shown = new StringBuilder(json.length());
    json.chars()
        .forEach(
            c -> {
              if (c == '\n' || c == '\r' || c == '\t' || !steers(c)) {
                shown.append((char) c);
              } else {
                shown.append(String.format("\\u%04x", c));
              }
            });
    out.println(shown);
    out.flush();
  }

  /** A line for the person, not for the pipe. */
  public void note(String text) {
    err.println(safe(text));
    err.flush();
  }

  /** Progress: overwrites itself on a terminal. */
  public void progress(String text) {
    if (isTerminal()) {
      err.print("\r" + safe(text) + "\033[K");
    } else {
      err.println(safe(text));
    }
    err.flush();
  }

  /** Ends a progress line. */
  public void progressDone() {
    if (isTerminal()) {
      err.println();
      err.flush();
    }
  }

  String paint(Colour colour, String text) {
    return colours ? "\033[" + colour.code + "m" + text + "\033[0m" : text;
  }

  /** The text with control and direction-changing characters made visible. */
  static String safe(String text) {
    if (text.chars().noneMatch(Screen::steers)) {
      return text;
    }
    var shown = new StringBuilder(text.length() + 16);
    text.chars()
        .forEach(
            c -> {
              if (steers(c)) {
                shown.append(String.format("\\u%04x", c));
              } else {
                shown.append((char) c);
              }
            });
    return shown.toString();
  }

  private static boolean steers(int c) {
    return Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT
        || c == 0x2028
        || c == 0x2029;
  }
}
