package dev.banyan.modulekit.outbox;

/** Where events go; a module may bring a bean of its own. */
public interface EventTarget {

  /**
   * Returns once the event has been taken over, as by a queue's acknowledgement.
   *
   * @throws Exception where it was not, or may not have been; it will be delivered again
   */
  void deliver(OutboxEvent event) throws Exception;
}
