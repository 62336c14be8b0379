package dev.banyan.catalog.orders;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code /Orders.ashx}: all orders, or with {@code ?id=} one of them. */
@Path("/Orders.ashx{pathInfo:(/.*)?}")
@RunOnVirtualThread
public class OrdersResource {

  private static final String JSON = "application/json";

  /** The legacy's own page shows its stack and secrets; nobody can depend on that. */
  private static final String FAILED =
      "<!DOCTYPE html><html><head><title>Application Exception</title></head>"
          + "<body><h1>Application Exception</h1></body></html>";

  private final OrderStore store;

  @Inject
  OrdersResource(OrderStore store) {
    this.store = store;
  }

  @GET
  public Response get(@Context UriInfo uri) throws SQLException {
    Optional<String> asked = askedId(uri);
    if (asked.isEmpty()) {
      return answer(Status.OK, JSON, OrderJson.orders(store.all()));
    }

    OptionalInt id = OrderId.parse(asked.get());
    if (id.isEmpty()) {
      return answer(Status.INTERNAL_SERVER_ERROR, "text/html", FAILED);
    }

    return store
        .byId(id.getAsInt())
        .map(order -> answer(Status.OK, JSON, OrderJson.order(order)))
        .orElseGet(() -> answer(Status.NOT_FOUND, JSON, OrderJson.noOrder(asked.get())));
  }

  /** ASP.NET ignores the letter case of a parameter's name and joins its values by commas. */
  private static Optional<String> askedId(UriInfo uri) {
    List<String> values =
        uri.getQueryParameters().entrySet().stream()
            .filter(parameter -> parameter.getKey().equalsIgnoreCase("id"))
            .flatMap(parameter -> parameter.getValue().stream())
            .toList();
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(",", values));
  }

  @HEAD
  public Response head() {
    return refuseAsTheLegacyDoes();
  }

  @OPTIONS
  public Response options() {
    return refuseAsTheLegacyDoes();
  }

  @PUT
  public Response put() {
    return refuseAsTheLegacyDoes();
  }

  @PATCH
  public Response patch() {
    return refuseAsTheLegacyDoes();
  }

  /** The contract of the whole address, not of the part of it that was taken over. */
  private static Response refuseAsTheLegacyDoes() {
    return refuse("GET, POST, DELETE");
  }

  // Writes have not been taken over; the legacy still serves them.

  @POST
  public Response post() {
    return refuse("GET");
  }

  @DELETE
  public Response delete() {
    return refuse("GET");
  }

  private static Response refuse(String allow) {
    return Response.fromResponse(answer(Status.METHOD_NOT_ALLOWED, JSON, ""))
        .header("Allow", allow)
        .build();
  }

  private static Response answer(Status status, String contentType, String body) {
    return Response.status(status)
        .header("Cache-Control", "private")
        .header("Content-Type", contentType)
        .entity(body.getBytes(StandardCharsets.UTF_8))
        .build();
  }
}
