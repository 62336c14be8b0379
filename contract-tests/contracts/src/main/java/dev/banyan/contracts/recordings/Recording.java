package dev.banyan.contracts.recordings;

import java.util.List;

/**
 * All exchanges of one file, in its order.
 *
 * @param name the file
 * @param exchanges at least one
 */
public record Recording(String name, List<RecordedExchange> exchanges) {
  public Recording {
    exchanges = List.copyOf(exchanges);
  }
}
