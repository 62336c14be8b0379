package dev.banyan.app.evidence;

import dev.banyan.migration.Evidence;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * One replica's evidence of one step and candidate version.
 *
 * @param number rises with each snapshot of a replica
 */
record EvidenceRow(RowKey key, long number, Evidence evidence) {

  /**
   * What a row is about.
   *
   * @param version digest of the label; empty for none
   */
  record RowKey(String routeId, String step, String version, String replica) {}

  static EvidenceRow of(String step, String replica, long number, Evidence evidence) {
    return new EvidenceRow(
        new RowKey(evidence.routeId(), step, digest(evidence.version()), replica),
        number,
        evidence);
  }

  /** A label is foreign text of any length and content. */
  private static String digest(Optional<String> version) {
    if (version.isEmpty()) {
      return "";
    }
    try {
      byte[] label = version.get().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(label));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
