package dev.banyan.parity;

import dev.banyan.parity.diagnosis.Diagnosis;
import java.util.Locale;

/**
 * One place where control and candidate differ.
 *
 * @param location {@code status}, {@code header.content-type}, {@code $.items[*].price} (array
 *     indexes generalised to {@code [*]}), {@code /Envelope/Body/Order/Total}, {@code body} or
 *     {@code candidate}
 * @param kind what is different there
 * @param control the control's fragment, shortened to {@link #FRAGMENT} chars; empty where it has
 *     none
 * @param candidate the candidate's fragment, likewise
 * @param diagnosis what it looks like; {@link Diagnosis#NONE} where it looks like nothing known
 */
public record Difference(
    String location, Kind kind, String control, String candidate, Diagnosis diagnosis) {
  /** Chars of a fragment that are kept. */
  public static final int FRAGMENT = 200;

  /** What is different. */
  public enum Kind {
    /** Same type, other value. */
    VALUE,
    /** The control has it, the candidate does not. */
    MISSING,
    /** The candidate has it, the control does not. */
    EXTRA,
    /** Another JSON type. */
    TYPE,
    /** The same elements in another order. */
    ORDER,
    /** Other bytes, where nothing finer can be said. */
    BYTES,
    /** The candidate failed where the control answered. */
    FAILURE;

    /** As in rule files, REST and CLI. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Difference {
    control = shorten(control);
    candidate = shorten(candidate);
  }

  /** One that looks like nothing known. */
  public Difference(String location, Kind kind, String control, String candidate) {
    this(location, kind, control, candidate, Diagnosis.NONE);
  }

  private static String shorten(String fragment) {
    return fragment.length() <= FRAGMENT ? fragment : fragment.substring(0, FRAGMENT - 1) + "…";
  }
}
