/**
 * Copies on their way over HTTP/1.1 without TLS, which most of them are: with no more between a
 * copy and its socket than the codec. Whatever else is spoken goes through vertx-core's client.
 *
 * <p>Nothing here knows routes, budgets or the live side. Everything of one pool happens on one
 * event loop.
 */
@NullMarked
package dev.banyan.proxy.copies;

import org.jspecify.annotations.NullMarked;
