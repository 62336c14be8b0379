package dev.banyan.rules;

import java.util.Locale;

/**
 * How far a route's migration has come: {@code legacy → shadow → canary(p) → live → retired}. The
 * way forward exists as methods only on the stages that allow it; every stage but {@link Retired}
 * has a way back.
 */
public sealed interface Stage {

  /**
   * The written form: {@code legacy}, {@code shadow}, {@code canary:10}, {@code live}, {@code
   * retired}.
   */
  String text();

  /** A stage from which legacy can take over again at once. */
  sealed interface Reversible extends Stage permits Legacy, Shadow, Canary, Live {
    default Legacy rollBack() {
      return new Legacy();
    }
  }

  /** Legacy serves; the migrated side sees nothing. */
  record Legacy() implements Reversible {
    public Shadow shadow() {
      return new Shadow();
    }

    @Override
    public String text() {
      return "legacy";
    }
  }

  /** Legacy serves; the migrated side gets copies. */
  record Shadow() implements Reversible {
    public Canary canary(Share share) {
      return new Canary(share);
    }

    @Override
    public String text() {
      return "shadow";
    }
  }

  /**
   * The migrated side serves a share; whichever side serves, the other one gets copies.
   *
   * @param share above none and below all
   */
  record Canary(Share share) implements Reversible {
    public Canary {
      if (share.equals(Share.NONE) || share.equals(Share.ALL)) {
        throw new IllegalArgumentException(
            "canary share: " + share + " (expected: above 0% and below 100%)");
      }
    }

    /** The next, larger step. */
    public Canary grow(Share larger) {
      if (larger.compareTo(share) <= 0) {
        throw new IllegalArgumentException(
            "canary share: " + larger + " (expected: above the present " + share + ")");
      }
      return new Canary(larger);
    }

    public Live live() {
      return new Live();
    }

    @Override
    public String text() {
      return "canary:" + share.percent();
    }
  }

  /**
   * The migrated side serves; legacy gets copies, so that rolling back stays an informed choice.
   */
  record Live() implements Reversible {
    public Retired retire() {
      return new Retired();
    }

    @Override
    public String text() {
      return "live";
    }
  }

  /**
   * The migrated side serves alone; legacy is no longer asked, so there is no way back from here.
   */
  record Retired() implements Stage {
    @Override
    public String text() {
      return "retired";
    }
  }

  /**
   * Reads the written form; {@code canary:10}, {@code canary:10%} and {@code canary(10%)} are one.
   */
  static Stage parse(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    return switch (word) {
      case "legacy" -> new Legacy();
      case "shadow" -> new Shadow();
      case "live" -> new Live();
      case "retired" -> new Retired();
      default -> {
        if (word.startsWith("canary:")) {
          yield new Canary(Share.parse(word.substring("canary:".length())));
        }
        if (word.startsWith("canary(") && word.endsWith(")")) {
          yield new Canary(Share.parse(word.substring("canary(".length(), word.length() - 1)));
        }
        throw new IllegalArgumentException(
            "stage: " + text + " (expected: legacy, shadow, canary:PERCENT, live or retired)");
      }
    };
  }
}
