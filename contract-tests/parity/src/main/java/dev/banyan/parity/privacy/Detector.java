package dev.banyan.parity.privacy;

/** Recognises one kind of private value by its looks. */
interface Detector {
  /**
   * Looks at a text from one place on, bounded in length.
   *
   * @param at where a run of letters, digits or a sign begins; what stands before it is neither a
   *     letter nor a digit
   * @return the end of the value that begins there; {@code at} where there is none
   */
  int end(String text, int at);
}
