/**
 * How the upstreams are: which URLs are well, whether an upstream is asked at all, who takes the
 * next request. {@link UpstreamState} is one for the process and for any thread; {@link Balancer}
 * and {@link RetryBudget} belong to one event loop. Nothing here opens a socket; requests and the
 * prober tell what became of them.
 */
@NullMarked
package dev.banyan.proxy.upstream;

import org.jspecify.annotations.NullMarked;
