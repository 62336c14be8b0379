package dev.banyan.proxy.edge;

/** Hears of what is refused before there is a request, or in the middle of one. */
@FunctionalInterface
public interface Refusals {
  /**
   * @param status what the client is told; 0 where it is told nothing
   */
  void refused(int status, RefusalReason reason);
}
