package dev.banyan.parity.diagnosis;

import dev.banyan.parity.rules.Sight;
import org.jspecify.annotations.Nullable;

/** Recognises a family of differences that are real. */
interface Look {
  /** Null where it knows nothing. */
  @Nullable Diagnosis at(Sight sight);
}
