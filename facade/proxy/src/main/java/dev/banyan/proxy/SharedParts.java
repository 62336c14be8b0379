package dev.banyan.proxy;

import dev.banyan.proxy.edge.RateLimiter;
import dev.banyan.proxy.upstream.UpstreamBook;

/** What all event loops of one facade share; each part is safe to use from all of them. */
record SharedParts(
    GuardedSink sink,
    ShadowBudget budget,
    RunningRequests running,
    Doors doors,
    RateLimiter limiter,
    UpstreamBook upstreams) {}
