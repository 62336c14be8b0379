package dev.banyan.parity.privacy;

import dev.banyan.parity.privacy.Percent.Plus;
import java.util.regex.Pattern;

/** Masks request targets and forms: what parameters and segments stand for, written as before. */
final class Forms {
  /** A session id or a ticket as ASP.NET writes it into a path where there are no cookies. */
  private static final Pattern SESSION = Pattern.compile("\\((?:[A-Z]\\([^()]*\\))+\\)");

  private final Contents contents;

  Forms(Contents contents) {
    this.contents = contents;
  }

  /**
   * Path, query and fragment. A fragment may be made of parameters, as answers to sign-ins put
   * tokens into it (RFC 6749, section 4.2.2), or be a target in its turn.
   */
  String target(String target) {
    String[] parts = target.split("#", -1);
    StringBuilder out = new StringBuilder(target.length()).append(resource(parts[0]));
    for (int i = 1; i < parts.length; i++) {
      boolean query = parts[i].indexOf('?') >= 0;
      out.append('#').append(query ? resource(parts[i]) : pairs(parts[i], "query."));
    }
    return out.toString();
  }

  private String resource(String target) {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    String masked = path(path);
    return query < 0 ? masked : masked + '?' + pairs(target.substring(query + 1), "query.");
  }

  /** {@code a=1&b=2}, also where a body is made of it. */
  String form(String text) {
    return pairs(text, "form.");
  }

  private String path(String path) {
    StringBuilder out = new StringBuilder(path.length());
    int from = 0;
    while (from <= path.length()) {
      int slash = path.indexOf('/', from);
      int to = slash < 0 ? path.length() : slash;
      String segment = path.substring(from, to);
      boolean session = SESSION.matcher(segment).matches();
      out.append(
          session
              ? contents.pseudonyms().of(segment)
              : Percent.mask(segment, Plus.PLUS, contents::text));
      if (slash >= 0) {
        out.append('/');
      }
      from = to + 1;
    }
    return out.toString();
  }

  private String pairs(String text, String root) {
    StringBuilder out = new StringBuilder(text.length());
    int from = 0;
    while (from <= text.length()) {
      int and = text.indexOf('&', from);
      int to = and < 0 ? text.length() : and;
      pair(text.substring(from, to), root, out);
      if (and >= 0) {
        out.append('&');
      }
      from = to + 1;
    }
    return out.toString();
  }

  private void pair(String pair, String root, StringBuilder out) {
    int equals = pair.indexOf('=');
    if (equals < 0) {
      out.append(Percent.mask(pair, Plus.SPACE, contents::text));
      return;
    }
    String writtenName = pair.substring(0, equals);
    String name = Percent.decode(writtenName, Plus.SPACE);
    PrivateNames names = contents.names();
    boolean whole = names.isPrivate(name) || names.isPrivateAt(names.below(root, name));
    out.append(Percent.mask(writtenName, Plus.SPACE, contents::text))
        .append('=')
        .append(
            Percent.mask(
                pair.substring(equals + 1),
                Plus.SPACE,
                value -> whole ? contents.pseudonyms().of(value) : contents.sniffed(value, 1)));
  }
}
