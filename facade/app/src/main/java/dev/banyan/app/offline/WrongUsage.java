package dev.banyan.app.offline;

/** What was asked for cannot be done; the message has place, value and cure. */
final class WrongUsage extends Exception {
  private static final long serialVersionUID = 1L;

  WrongUsage(String message) {
    super(message);
  }
}
