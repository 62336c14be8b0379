package dev.banyan.parity.privacy;

import dev.banyan.parity.privacy.MarkupMasking.Language;
import dev.banyan.rules.PrivateFields;
import java.util.Locale;

/** Masks texts of every kind, also where one stands inside of another. */
final class Contents {
  /** JSON in a string in JSON, and so on. */
  private static final int DEEPEST = 3;

  private static final int HEAD = 256;

  private final Pseudonyms pseudonyms;
  private final PrivateNames names;
  private final TextMasking texts;
  private final JsonMasking jsons;
  private final MarkupMasking markups;

  Contents(byte[] key, PrivateFields fields) {
    this.pseudonyms = new Pseudonyms(key);
    this.names = new PrivateNames(fields);
    this.texts = new TextMasking(pseudonyms, names);
    this.jsons = new JsonMasking(pseudonyms, names, this);
    this.markups = new MarkupMasking(pseudonyms, names, this);
  }

  Pseudonyms pseudonyms() {
    return pseudonyms;
  }

  PrivateNames names() {
    return names;
  }

  /** Anything, as text. */
  String text(String text) {
    return texts.mask(text);
  }

  /** JSON, and what has JSON in it: scripts, events, lines. */
  String json(String text, int depth) {
    return jsons.mask(text, depth);
  }

  /** JSON that stands for something else. */
  String json(String text, String root) {
    return jsons.mask(text, root);
  }

  String markup(String text, Language language, int depth) {
    return markups.mask(text, language, depth);
  }

  /** As what it begins like; many a text is JSON or XML that nobody calls so. */
  String sniffed(String text, int depth) {
    int begin = 0;
    while (begin < text.length() && (text.charAt(begin) <= ' ' || text.charAt(begin) == '\uFEFF')) {
      begin++;
    }
    if (begin == text.length() || depth > DEEPEST) {
      return texts.mask(text);
    }
    return switch (text.charAt(begin)) {
      case '{', '[', '"' -> jsons.mask(text, depth);
      case '<' -> markups.mask(text, language(text.substring(begin)), depth);
      default -> texts.mask(text);
    };
  }

  /** What a script has in single quotes: anything, with members anywhere in it. */
  String quoted(String text, int depth) {
    boolean members = text.chars().anyMatch(c -> "{\":".indexOf(c) >= 0);
    return members && depth <= DEEPEST && text.charAt(0) != '<'
        ? jsons.mask(text, depth)
        : sniffed(text, depth);
  }

  private static Language language(String text) {
    String head = text.substring(0, Math.min(HEAD, text.length())).toLowerCase(Locale.ROOT);
    return head.contains("<html") || head.contains("<!doctype html") ? Language.HTML : Language.XML;
  }
}
