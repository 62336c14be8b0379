/**
 * The data plane: the only place that moves bytes. Knows neither stages nor ledger nor store; it is
 * handed a supplier of the routing table and a sink of observations.
 *
 * <p>One request's way is {@link dev.banyan.proxy.FacadeHandler}: parse, snapshot, decide, tee,
 * send, stream, observe. Everything runs on the event loop that accepted the connection; nothing
 * here blocks, and nothing waits for the sink.
 */
@NullMarked
package dev.banyan.proxy;

import org.jspecify.annotations.NullMarked;
