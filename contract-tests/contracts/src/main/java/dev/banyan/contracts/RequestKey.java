package dev.banyan.contracts;

import dev.banyan.parity.Body;
import dev.banyan.parity.RequestCopy;
import java.util.List;

/**
 * What makes two requests the same to a contract.
 *
 * @param selectors the values of the headers that select an answer
 */
record RequestKey(String method, String target, List<List<String>> selectors, Body body) {
  private static final List<String> SELECTING =
      List.of("accept", "accept-language", "content-type", "range", "soapaction");

  static RequestKey of(RequestCopy request) {
    return new RequestKey(
        request.method(),
        request.target(),
        SELECTING.stream().map(request.headers()::values).toList(),
        request.body());
  }
}
