package dev.banyan.parity;

import dev.banyan.parity.json.Json;
import dev.banyan.parity.json.JsonReader;
import dev.banyan.rules.CompareProfile;

/**
 * Compares messages of protobuf that were read before, of which JSON was kept: as they would be
 * compared if their bytes were still there.
 */
final class ReadMessages {
  private ReadMessages() {}

  /**
   * @param profile by which they were read; without keys and in order where it was by their tags
   */
  static BodyComparison.Outcome compare(
      Body.Messages control, Body.Messages candidate, CompareProfile profile, Findings findings) {
    if (!(new JsonReader(profile.arrays()).read(control.json())
            instanceof JsonReader.Outcome.Tree(Json left))
        || !(new JsonReader(profile.arrays()).read(candidate.json())
            instanceof JsonReader.Outcome.Tree(Json right))) {
      return new BodyComparison.Outcome.NotJudged("body-not-kept");
    }
    new JsonComparison(profile, findings).compare(control.root(), left, right);
    return new BodyComparison.Outcome.Judged();
  }
}
