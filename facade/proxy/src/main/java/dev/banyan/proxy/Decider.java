package dev.banyan.proxy;

import dev.banyan.rules.Decision;
import dev.banyan.rules.RequestHead;

/** Reads the live table once and decides. */
interface Decider {
  Decision decide(RequestHead head, long ticket);
}
