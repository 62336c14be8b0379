/**
 * Requests to upstreams, and copies of them. Over HTTP/1.1 without TLS, which most of them are,
 * there is no more between a request and its socket than the codec; whatever else is spoken goes
 * through vertx-core's client.
 *
 * <p>Nothing here knows routes, budgets or clients. Everything of one pool happens on one event
 * loop.
 */
@NullMarked
package dev.banyan.proxy.outgoing;

import org.jspecify.annotations.NullMarked;
