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
     * These very characters, as they stand on the wire; {@code ""} only as the last, for a trailing
     * slash.
     */
    record Literal(String text) implements Segment {}

    /** Any one segment that is not empty. */
    record Variable(String name) implements Segment {}

    /** {@code **}: the folder itself and all below it. */
    record Rest() implements Segment {}
  }

  private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)}");

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
