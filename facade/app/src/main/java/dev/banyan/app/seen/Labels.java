package dev.banyan.app.seen;

import dev.banyan.rules.Side;
import dev.banyan.rules.Stage;
import java.util.List;
import java.util.Locale;

/** The words of label values, all from short lists. */
final class Labels {
  private Labels() {}

  static String of(Side side) {
    return side.name().toLowerCase(Locale.ROOT);
  }

  /** By {@link #stageNumber}; without the share of a canary, which may take any value. */
  static final List<String> STAGES = List.of("legacy", "shadow", "canary", "live", "retired");

  /** By {@link #classNumber}. */
  static final List<String> CLASSES = List.of("other", "1xx", "2xx", "3xx", "4xx", "5xx");

  static int number(Side side) {
    return switch (side) {
      case LEGACY -> 0;
      case MIGRATED -> 1;
    };
  }

  static int stageNumber(Stage stage) {
    return switch (stage) {
      case Stage.Legacy s -> 0;
      case Stage.Shadow s -> 1;
      case Stage.Canary s -> 2;
      case Stage.Live s -> 3;
      case Stage.Retired s -> 4;
    };
  }

  static int classNumber(int status) {
    int first = status / 100;
    return first < CLASSES.size() ? first : 0;
  }
}
