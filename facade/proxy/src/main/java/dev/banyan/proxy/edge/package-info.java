/**
 * Who and what may come in: limits, trusted proxies, rate limits, and the watch over accepting.
 *
 * <p>Nothing here knows routes; what is refused is told by its {@link
 * dev.banyan.proxy.edge.RefusalReason}.
 */
@NullMarked
package dev.banyan.proxy.edge;

import org.jspecify.annotations.NullMarked;
