/**
 * Products as the legacy's Web API answered them, in JSON or XML.
 *
 * <p>A request: {@code ProductsResource} → {@code ProductStore} (one query) → {@code WireFormat}
 * (chosen by Accept) → {@code WebApiAnswer} (the headers that every Web API answer carries).
 *
 * <p>Runs on a virtual thread per request.
 */
@NullMarked
package dev.banyan.catalog.products;

import org.jspecify.annotations.NullMarked;
