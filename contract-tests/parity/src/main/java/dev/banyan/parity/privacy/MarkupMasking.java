package dev.banyan.parity.privacy;

import dev.banyan.parity.privacy.Tag.Attribute;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Masks the texts and attributes of XML or HTML in their places; tags and everything else stay as
 * written. What is broken is walked the same way.
 */
final class MarkupMasking {
  /** What the text is written in. */
  enum Language {
    XML,
    HTML
  }

  private static final int MAX_DEPTH = 256;
  private static final Set<String> VOID =
      Set.of(
          "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
          "track", "wbr");

  /** Elements of a page whose content has no tags. */
  private static final Set<String> VERBATIM = Set.of("script", "style", "textarea", "title");

  /** Attributes of a page that are its structure: a name there is the name of a field. */
  private static final Set<String> STRUCTURE =
      Set.of("name", "id", "class", "type", "for", "rel", "method", "style", "lang", "role");

  private final Pseudonyms pseudonyms;
  private final PrivateNames names;
  private final Contents contents;

  MarkupMasking(Pseudonyms pseudonyms, PrivateNames names, Contents contents) {
    this.pseudonyms = pseudonyms;
    this.names = names;
    this.contents = contents;
  }

  /**
   * @param depth how many texts this one stands in
   */
  String mask(String text, Language language, int depth) {
    return new Pass(text, language, depth).run();
  }

  /** An element that is open. */
  private record Level(String name, @Nullable String at, boolean isPrivate) {}

  private final class Pass {
    private final String text;
    private final Language language;
    private final int depth;
    private final StringBuilder out;
    private final Deque<Level> levels = new ArrayDeque<>();
    private int unknown;

    Pass(String text, Language language, int depth) {
      this.text = text;
      this.language = language;
      this.depth = depth;
      this.out = new StringBuilder(text.length() + 64);
      levels.push(new Level("", names.below("", ""), false));
    }

    String run() {
      int i = 0;
      while (i < text.length()) {
        int next = text.indexOf('<', i);
        int end = next < 0 ? text.length() : next;
        if (end > i) {
          out.append(coded(text.substring(i, end), level().isPrivate));
        }
        i = next < 0 ? end : markup(next);
      }
      return out.toString();
    }

    private int markup(int i) {
      if (text.startsWith("<!--", i)) {
        return between(i, "<!--", "-->", this::value);
      }
      if (text.startsWith("<![CDATA[", i)) {
        return between(i, "<![CDATA[", "]]>", this::value);
      }
      if (text.startsWith("<!", i) || text.startsWith("<?", i)) {
        return between(i, text.substring(i, i + 2), ">", contents::text);
      }
      if (text.startsWith("</", i)) {
        close(i);
        return between(i, "</", ">", UnaryOperator.identity());
      }
      if (!Tag.begins(text, i)) {
        out.append('<');
        return i + 1;
      }
      Tag tag = Tag.read(text, i);
      if (tag == null) {
        // To look for its end again behind every bracket would take a quadratic time.
        out.append(contents.text(text.substring(i)));
        return text.length();
      }
      return open(i, tag);
    }

    private int between(int i, String opening, String closing, UnaryOperator<String> masking) {
      int from = i + opening.length();
      int found = text.indexOf(closing, from);
      int to = found < 0 ? text.length() : found;
      out.append(opening).append(masking.apply(text.substring(from, to)));
      out.append(found < 0 ? "" : closing);
      return found < 0 ? to : to + closing.length();
    }

    private int open(int i, Tag tag) {
      String at = names.below(level().at, "/" + tag.local());
      boolean isPrivate =
          level().isPrivate || names.isPrivate(tag.local()) || names.isPrivateAt(at);
      boolean field = isField(tag);
      int copied = i;
      for (Attribute attribute : tag.attributes()) {
        boolean whole = isPrivate ? !isMeta(attribute) : isPrivate(attribute, at, field);
        String written = text.substring(attribute.from(), attribute.to());
        out.append(text, copied, attribute.from()).append(coded(written, whole));
        copied = attribute.to();
      }
      out.append(text, copied, tag.end());
      if (tag.closed() || (language == Language.HTML && VOID.contains(tag.lower()))) {
        return tag.end();
      }
      if (language == Language.HTML && VERBATIM.contains(tag.lower())) {
        return verbatim(tag, isPrivate || field);
      }
      if (levels.size() > MAX_DEPTH) {
        unknown++;
      } else {
        levels.push(new Level(tag.lower(), at, isPrivate || field));
      }
      return tag.end();
    }

    /**
     * Whether it is the field of a form, or a pair of key and value, that a private name is given.
     */
    private boolean isField(Tag tag) {
      for (Attribute attribute : tag.attributes()) {
        String name = attribute.local().toLowerCase(Locale.ROOT);
        if ((name.equals("name") || name.equals("id") || name.equals("key"))
            && names.isPrivate(text.substring(attribute.from(), attribute.to()))) {
          return true;
        }
      }
      return false;
    }

    private boolean isPrivate(Attribute attribute, @Nullable String at, boolean field) {
      String name = attribute.local().toLowerCase(Locale.ROOT);
      boolean data = language == Language.XML || !STRUCTURE.contains(name);
      return (field && (name.equals("value") || name.equals("content")))
          || (data && names.isPrivate(name))
          || names.isPrivateAt(names.below(at, "/@" + name));
    }

    /** What the parser needs to read the rest. */
    private boolean isMeta(Attribute attribute) {
      String name = attribute.name();
      return name.startsWith("xmlns")
          || name.startsWith("xsi:")
          || name.startsWith("xml:")
          || (language == Language.HTML && STRUCTURE.contains(name.toLowerCase(Locale.ROOT)));
    }

    private int verbatim(Tag tag, boolean isPrivate) {
      int end = closing(tag);
      String content = text.substring(tag.end(), end);
      boolean script = tag.lower().equals("script") && !isPrivate;
      out.append(script ? contents.json(content, depth + 1) : coded(content, isPrivate));
      return end;
    }

    private int closing(Tag tag) {
      int i = text.indexOf("</", tag.end());
      while (i >= 0 && !text.regionMatches(true, i + 2, tag.name(), 0, tag.name().length())) {
        i = text.indexOf("</", i + 2);
      }
      return i < 0 ? text.length() : i;
    }

    private void close(int i) {
      int end = text.indexOf('>', i);
      String name = text.substring(i + 2, end < 0 ? text.length() : end).strip();
      String lower = name.toLowerCase(Locale.ROOT);
      if (unknown > 0) {
        unknown--;
      } else if (levels.stream().anyMatch(level -> level.name.equals(lower))) {
        while (!Objects.requireNonNull(levels.pop()).name.equals(lower)) {
          // What is open inside of it ends with it.
        }
        if (levels.isEmpty()) {
          levels.push(new Level("", null, false));
        }
      }
    }

    private Level level() {
      return Objects.requireNonNull(levels.peek());
    }

    /** A text with character references in it; written anew only where it changes. */
    private String coded(String written, boolean whole) {
      String meant = written.indexOf('&') < 0 ? written : Parser.unescapeEntities(written, false);
      String masked = whole ? pseudonyms.of(meant) : contents.sniffed(meant, depth + 1);
      return masked.equals(meant) ? written : escaped(masked);
    }

    private String value(String content) {
      return level().isPrivate ? pseudonyms.of(content) : contents.sniffed(content, depth + 1);
    }

    private static String escaped(String text) {
      return text.replace("&", "&amp;")
          .replace("<", "&lt;")
          .replace(">", "&gt;")
          .replace("\"", "&quot;")
          .replace("'", "&#39;")
          .replace("\u00A0", "&#160;");
    }
  }
}
