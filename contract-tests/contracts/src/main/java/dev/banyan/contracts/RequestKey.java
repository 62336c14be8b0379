package dev.banyan.contracts;

import dev.banyan.parity.Body;
import dev.banyan.parity.RequestCopy;
import java.util.List;
import java.util.Set;

/**
 * What makes two requests the same to a contract.
 *
 * @param selectors the values of the headers that select an answer
 * @param credentials names of the headers with credentials that it has: who asks without them is
 *     somebody else, and may be answered something else
 */
record RequestKey(
    String method,
    String target,
    List<List<String>> selectors,
    Set<String> credentials,
    Body body) {
  private static final List<String> SELECTING =
      List.of("accept", "accept-language", "content-type", "range", "soapaction");

  static RequestKey of(RequestCopy request) {
    return new RequestKey(
        request.method(),
        request.target(),
        SELECTING.stream().map(request.headers()::values).toList(),
        KeptHeaders.credentials(request.headers()),
        request.body());
  }

  /** As it is written, which is without credentials. */
  RequestKey written() {
    return new RequestKey(method, target, selectors, Set.of(), body);
  }
}
