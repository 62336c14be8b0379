package dev.banyan.contracts.recordings;

/** A file that is no recording, or one that is larger than is read. */
public final class UnreadableRecording extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 80;

  /**
   * @param place the file, and the entry within it
   * @param what what is wrong there
   * @param value what stands there; shortened
   * @param expected the cure
   */
  public UnreadableRecording(String place, String what, String value, String expected) {
    super(place + ": " + what + ": " + shown(value) + " (expected: " + expected + ")");
  }

  private static String shown(String value) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < Math.min(value.length(), SHOWN); i++) {
      char c = value.charAt(i);
      shown.append(Character.isISOControl(c) ? "\\u%04x".formatted((int) c) : String.valueOf(c));
    }
    return shown.append(value.length() > SHOWN ? "…" : "").toString();
  }
}
