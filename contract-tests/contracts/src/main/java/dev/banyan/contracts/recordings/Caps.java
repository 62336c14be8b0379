package dev.banyan.contracts.recordings;

/**
 * How much of a recording is read.
 *
 * @param file bytes of one file
 * @param head bytes of the head of one message
 * @param body bytes of one body; a larger one is not kept
 * @param entries exchanges of one recording
 */
public record Caps(int file, int head, int body, int entries) {
  /** Bytes of one file. */
  public static final int FILE = 256 << 20;

  /** What the commands read with. */
  public static final Caps DEFAULT = new Caps(FILE, 256 << 10, 64 << 20, 1_000_000);
}
