package dev.banyan.proxy;

import java.util.SplittableRandom;

/** What the requests of one event loop share; nothing of it is touched by another thread. */
record LoopParts(
    Upstreams upstreams,
    Deadlines deadlines,
    ShadowSender shadows,
    ShadowBudget budget,
    ForwardedHeaders forwarded,
    GuardedSink sink,
    SplittableRandom random) {}
