package dev.banyan.migration;

/** Whether a ledger's entries are the ones that were once appended. */
public sealed interface ChainCheck {

  /**
   * Every entry follows from the one before.
   *
   * @param entries how many there are
   */
  record Intact(long entries) implements ChainCheck {}

  /**
   * Something was changed, taken out, put in or moved.
   *
   * @param revision where the chain first does not hold
   */
  record Broken(long revision, String reason) implements ChainCheck {}
}
