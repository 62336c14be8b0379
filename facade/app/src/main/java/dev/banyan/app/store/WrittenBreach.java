package dev.banyan.app.store;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.banyan.migration.WatchState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A breach as it is written to disk and database; instants in ISO 8601. */
@JsonIgnoreProperties(ignoreUnknown = true)
record WrittenBreach(
    String at,
    String cool,
    List<String> reasons,
    @Nullable String replica,
    @Nullable String acknowledgedBy,
    @Nullable String acknowledgedAt) {

  /** None where there is nothing to write. */
  static Optional<WrittenBreach> of(WatchState state) {
    return switch (state) {
      case WatchState.Watching nothing -> Optional.empty();
      case WatchState.Breached breach -> Optional.of(of(breach, null, null));
      case WatchState.Acknowledged(WatchState.Breached breach, String who, Instant at) ->
          Optional.of(of(breach, who, at.toString()));
    };
  }

  private static WrittenBreach of(
      WatchState.Breached breach, @Nullable String who, @Nullable String when) {
    return new WrittenBreach(
        breach.at().toString(),
        breach.cool().toString(),
        breach.reasons(),
        breach.replica(),
        who,
        when);
  }

  /** Files of earlier builds do not say which replica it was. */
  WatchState state() {
    WatchState.Breached breach =
        new WatchState.Breached(
            Instant.parse(at), Instant.parse(cool), reasons, replica == null ? "" : replica);
    return acknowledgedBy == null || acknowledgedAt == null
        ? breach
        : breach.acknowledge(acknowledgedBy, Instant.parse(acknowledgedAt));
  }
}
