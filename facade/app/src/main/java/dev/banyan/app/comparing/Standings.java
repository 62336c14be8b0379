package dev.banyan.app.comparing;

import dev.banyan.app.comparing.MismatchJournal.Sighting;
import dev.banyan.parity.Signature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the signatures of some routes stand at one moment. */
public record Standings(Map<Key, Sighting> byKey) {

  /** One signature of one route. */
  public record Key(String routeId, Signature signature) {}

  /**
   * A signature that stands otherwise than before, with all that was counted under it.
   *
   * @param before one of {@code mismatch}, {@code tolerated}, {@code matched}, {@code stale}
   * @param after likewise
   */
  public record Moved(
      String routeId,
      String signature,
      String location,
      String kind,
      long count,
      String before,
      String after) {}

  public static Standings of(MismatchJournal journal, List<String> routeIds) {
    Map<Key, Sighting> all = new LinkedHashMap<>();
    for (String routeId : routeIds) {
      journal
          .of(routeId)
          .sightings()
          .forEach(one -> all.put(new Key(routeId, one.signature()), one));
    }
    return new Standings(all);
  }

  /** What stands otherwise now. */
  public List<Moved> movedTo(Standings now) {
    List<Moved> moved = new ArrayList<>();
    now.byKey.forEach(
        (key, sighting) -> {
          Sighting before = byKey.get(key);
          String word = sighting.standing().word();
          if (before != null && !before.standing().word().equals(word)) {
            moved.add(
                new Moved(
                    key.routeId(),
                    key.signature().id(),
                    key.signature().location(),
                    key.signature().kind().word(),
                    sighting.count(),
                    before.standing().word(),
                    word));
          }
        });
    return moved;
  }
}
