package dev.banyan.contracts;

import java.net.URI;

/** Sends every interaction of a contract to a base URL and compares the answers. */
public final class ContractVerifier {
  private ContractVerifier() {}

  /** Verifies over HTTP/1.1, one request at a time, following no redirects. */
  public static ContractReport verify(Contract contract, URI target) {
    throw new UnsupportedOperationException(contract.routeId() + target);
  }
}
