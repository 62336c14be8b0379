package dev.banyan.app.reflection;

import java.util.Collection;

/** No set could be made; the message has server, value and cure. */
public final class FetchFailed extends Exception {
  private static final int SHOWN_CHARS = 300;
  private static final int SHOWN_NAMES = 20;

  FetchFailed(GrpcServer server, String what, String expected) {
    super(server + ": " + what + " (expected: " + expected + ")");
  }

  /** What a stranger said, so much of it as a person would read. */
  static String cut(String text) {
    return text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "…";
  }

  static String some(Collection<String> names) {
    String shown =
        String.join(", ", names.stream().limit(SHOWN_NAMES).map(FetchFailed::cut).toList());
    int more = names.size() - SHOWN_NAMES;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }
}
