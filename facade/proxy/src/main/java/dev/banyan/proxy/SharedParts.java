package dev.banyan.proxy;

/** What the event loops of one facade share; each of them may be touched by all. */
record SharedParts(GuardedSink sink, ShadowBudget budget, RunningRequests running, Doors doors) {}
