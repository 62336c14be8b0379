package dev.banyan.proxy;

import dev.banyan.proxy.upstream.UpstreamBook;

/** What all event loops share beside the sink and the budget of copies. */
record ProcessParts(RunningRequests running, UpstreamBook upstreams) {}
