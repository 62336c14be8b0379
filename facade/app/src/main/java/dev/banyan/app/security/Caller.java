package dev.banyan.app.security;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;

/** Who asks the admin side, by the token that let the request in ({@link AdminGate}). */
@Singleton
public class Caller {
  static final String KEY = "banyan.caller";

  private final CurrentVertxRequest request;

  Caller(CurrentVertxRequest request) {
    this.request = request;
  }

  /** The person's name; {@code admin} for who holds the admin token itself. */
  public String name() {
    String name = request.getCurrent() == null ? null : request.getCurrent().get(KEY);
    if (name == null) {
      throw new IllegalStateException("caller: nobody (expected: a request that passed the gate)");
    }
    return name;
  }
}
