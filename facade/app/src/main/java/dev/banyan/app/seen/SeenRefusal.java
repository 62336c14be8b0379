package dev.banyan.app.seen;

import dev.banyan.proxy.RefusedRequest;

/**
 * A refusal, for its line.
 *
 * @param endedMillis since the epoch
 */
record SeenRefusal(RefusedRequest refused, long endedMillis) implements Told {}
