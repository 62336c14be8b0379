package dev.banyan.modulekit.idempotency;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;

/** Notes what comes, where it comes with a key; the body is as long as Quarkus lets it be. */
@Provider
public class IdempotencyRequestReader implements ContainerRequestFilter, ReaderInterceptor {

  private static final String KEY = "Idempotency-Key";

  private final IdempotencyRequest request;

  @Inject
  IdempotencyRequestReader(IdempotencyRequest request) {
    this.request = request;
  }

  @Override
  public void filter(ContainerRequestContext incoming) {
    String key = incoming.getHeaderString(KEY);
    if (key != null) {
      request.received(
          key, incoming.getMethod() + " " + address(incoming.getUriInfo().getRequestUri()));
    }
  }

  /** Without the host: a request that comes again through another door is the same one. */
  private static String address(URI uri) {
    return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
  }

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext reading) throws IOException {
    if (request.key() != null) {
      byte[] body = reading.getInputStream().readAllBytes();
      request.read(body);
      reading.setInputStream(new ByteArrayInputStream(body));
    }
    return reading.proceed();
  }
}
