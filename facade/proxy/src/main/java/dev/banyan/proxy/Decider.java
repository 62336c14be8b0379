package dev.banyan.proxy;

import dev.banyan.rules.Decision;
import dev.banyan.rules.RequestHead;

/** One snapshot of the routing table, as the handler sees it. */
@FunctionalInterface
interface Decider {
  Decision decide(RequestHead head, long ticket);
}
