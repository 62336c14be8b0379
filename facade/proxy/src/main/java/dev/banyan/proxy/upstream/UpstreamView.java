package dev.banyan.proxy.upstream;

/**
 * How an upstream is at this moment.
 *
 * @param urls how many it has
 * @param well how many of them take requests
 */
public record UpstreamView(String name, UpstreamBreaker.State breaker, int urls, int well) {}
