package dev.banyan.parity.diagnosis;

import dev.banyan.parity.json.Json;
import dev.banyan.parity.rules.Sight;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Texts that were escaped, decoded or cut in another way. */
final class TextLook implements Look {
  private static final int LONGEST = 100_000;

  @Override
  public @Nullable Diagnosis at(Sight sight) {
    if (sight.candidate() instanceof Json.Text text && isTrace(text.value())) {
      return KnownLook.STACK_TRACE_LEAK.found();
    }
    if (!(sight.control() instanceof Json.Text left)
        || !(sight.candidate() instanceof Json.Text right)
        || left.value().length() > LONGEST
        || right.value().length() > LONGEST) {
      return null;
    }
    return texts(left.value(), right.value());
  }

  private static @Nullable Diagnosis texts(String control, String candidate) {
    if (isEncoded(control, candidate) || isEncoded(candidate, control)) {
      return KnownLook.HTML_ENCODED.found();
    }
    if (isMangled(control, candidate) || isMangled(candidate, control)) {
      return KnownLook.CHARSET.found();
    }
    if (isReplaced(control, candidate) || isReplaced(candidate, control)) {
      return KnownLook.LOST_CHAR.found();
    }
    if (control.strip().equals(candidate.strip())) {
      return KnownLook.WHITE_SPACE.found();
    }
    if (control.equalsIgnoreCase(candidate)) {
      return KnownLook.TEXT_CASE.found();
    }
    boolean cut = !control.isEmpty() && !candidate.isEmpty();
    return cut && (control.startsWith(candidate) || candidate.startsWith(control))
        ? KnownLook.CUT.found()
        : null;
  }

  private static boolean isTrace(String text) {
    return text.length() <= LONGEST
        && (text.contains("\n   at ")
            || text.contains("\n\tat ")
            || text.contains("Traceback (most"));
  }

  private static boolean isEncoded(String plain, String encoded) {
    return encoded.indexOf('&') >= 0
        && plain.equals(
            encoded
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&"));
  }

  private static boolean isMangled(String plain, String mangled) {
    return mangled.length() > plain.length()
        && mangled.equals(
            new String(plain.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
  }

  private static boolean isReplaced(String plain, String replaced) {
    if (replaced.indexOf('?') < 0 && replaced.indexOf('\uFFFD') < 0) {
      return false;
    }
    int at = 0;
    for (int i = 0; i < plain.length(); ) {
      int c = plain.codePointAt(i);
      int width = Character.charCount(c);
      if (at >= replaced.length()) {
        return false;
      }
      char other = replaced.charAt(at);
      if (c == other) {
        at++;
      } else if (c > 0x7F && (other == '?' || other == '\uFFFD')) {
        at++;
        while (at < replaced.length() && width == 2 && replaced.charAt(at) == other) {
          at++;
        }
      } else if (width == 2 && replaced.startsWith(Character.toString(c), at)) {
        at += 2;
      } else {
        return false;
      }
      i += width;
    }
    return at == replaced.length();
  }
}
