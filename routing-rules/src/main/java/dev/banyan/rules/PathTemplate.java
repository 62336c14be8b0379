package dev.banyan.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A path template that cannot be wrong.
 *
 * @param segments in order; a {@link Segment.Rest} only as the last
 */
public record PathTemplate(List<Segment> segments) {

  /** One part between two slashes. */
  public sealed interface Segment {
    /**
     * These very characters, as they stand on the wire, escapes in either case of hex; {@code ""}
     * only as the last, for a trailing slash.
     */
    record Literal(String text) implements Segment {}

    /** Any one segment that is not empty. */
    record Variable(String name) implements Segment {}

    /** {@code **}: the folder itself and all below it. */
    record Rest() implements Segment {}
  }

  private static final int MAX_SEGMENTS = 100;
  private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)}");

  /** Visible ASCII without what a URL cannot hold or what other servers read as something else. */
  private static final Pattern LITERAL = Pattern.compile("[!-~&&[^\"#;<>?\\\\^`{|}*]]*");

  /** An escape that is none, or that stands for a char which needs none or is refused above. */
  private static final Pattern USELESS_ESCAPE =
      Pattern.compile(
          "%(?![0-9A-Fa-f]{2})|%(?i:00|25|2[DEF]|3[0-9B]|[46][1-9A-F]|[57][0-9A]|5[CF]|7E|C0%A[EF]|C1%9C)");

  public PathTemplate {
    segments = List.copyOf(segments);
  }

  /** Reads {@code /api/products/{id}} or {@code /api/**}. */
  public static PathTemplate parse(String text) {
    if (!text.startsWith("/")) {
      throw problem(text, "it must begin with a slash");
    }
    List<Segment> segments = new ArrayList<>();
    String[] parts = text.substring(1).split("/", -1);
    if (parts.length > MAX_SEGMENTS) {
      throw problem(text, "it has more than " + MAX_SEGMENTS + " segments");
    }
    for (int i = 0; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      segments.add(segment(text, parts[i], last));
    }
    return new PathTemplate(segments);
  }

  private static Segment segment(String text, String part, boolean last) {
    if (part.equals("**")) {
      if (!last) {
        throw problem(text, "** may only stand at the end");
      }
      return new Segment.Rest();
    }
    var variable = VARIABLE.matcher(part);
    if (variable.matches()) {
      return new Segment.Variable(variable.group(1));
    }
    if (part.indexOf('{') >= 0 || part.indexOf('}') >= 0 || part.indexOf('*') >= 0) {
      throw problem(text, "{name} must fill a whole segment, and * only stands as a last **");
    }
    if (part.isEmpty() && !last) {
      throw problem(text, "it has an empty segment");
    }
    if (part.equals(".") || part.equals("..") || part.indexOf('?') >= 0 || part.indexOf('#') >= 0) {
      throw problem(text, "dot segments, ? and # cannot be matched");
    }
    if (!LITERAL.matcher(part).matches()) {
      throw problem(
          text,
          "a literal is visible ASCII but none of \" # ; < > ? \\ ^ ` |; write others as %20, %C3%A9");
    }
    if (USELESS_ESCAPE.matcher(part).find()) {
      throw problem(text, "only characters that need it may be escaped, and never / . \\ ; or %");
    }
    return new Segment.Literal(part);
  }

  private static IllegalArgumentException problem(String text, String why) {
    return new IllegalArgumentException(
        "path: "
            + text
            + " ("
            + why
            + "; expected: a template such as /api/products/{id} or /api/**)");
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    for (Segment segment : segments) {
      text.append('/')
          .append(
              switch (segment) {
                case Segment.Literal literal -> literal.text();
                case Segment.Variable variable -> "{" + variable.name() + "}";
                case Segment.Rest rest -> "**";
              });
    }
    return text.toString();
  }
}
