package dev.banyan.orders;

import dev.banyan.modulekit.idempotency.Idempotent;
import dev.banyan.modulekit.outbox.Outbox;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
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
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * {@code /Orders.ashx}: POST creates, POST with {@code ?id=} changes, DELETE cancels, GET reads.
 *
 * <p>What the legacy cannot read it answers with 500 and a page; so does this, since clients know
 * it so.
 */
@Path("/Orders.ashx{pathInfo:(/.*)?}")
@RunOnVirtualThread
public class OrdersResource {

  private static final String JSON = "application/json";
  private static final String FAILED =
      "<!DOCTYPE html><html><head><title>Application Exception</title></head>"
          + "<body><h1>Application Exception</h1></body></html>";

  private final OrderStore store;
  private final Outbox outbox;

  @Inject
  OrdersResource(OrderStore store, Outbox outbox) {
    this.store = store;
    this.outbox = outbox;
  }

  @GET
  public Response get(@Context UriInfo uri) throws SQLException {
    Optional<String> asked = askedId(uri);
    if (asked.isEmpty()) {
      return answer(200, JSON, LegacyForm.orders(store.all()));
    }
    Optional<Integer> id = number(asked.get());
    if (id.isEmpty()) {
      return failed();
    }
    return store
        .byId(id.get())
        .map(order -> answer(200, JSON, LegacyForm.order(order)))
        .orElseGet(() -> notFound(asked.get()));
  }

  @POST
  @Idempotent
  @Transactional(rollbackOn = Exception.class)
  public Response post(byte[] body, @Context UriInfo uri) throws SQLException {
    Order order;
    try {
      order = LegacyOrderReader.order(new String(body, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException unreadable) {
      return failed();
    }
    Optional<String> asked = askedId(uri);
    return asked.isEmpty() ? create(order) : change(asked.get(), order);
  }

  private Response create(Order order) throws SQLException {
    Order created = store.insert(order);
    publish("OrderCreated", created);
    return Response.fromResponse(answer(201, JSON, LegacyForm.wrapped(created)))
        .header("Location", "/Orders.ashx?id=" + created.id())
        .build();
  }

  private Response change(String asked, Order order) throws SQLException {
    Optional<Integer> id = number(asked);
    if (id.isEmpty()) {
      return failed();
    }
    Optional<Order> changed = store.replace(id.get(), order);
    if (changed.isEmpty()) {
      return notFound(asked);
    }
    publish("OrderChanged", changed.get());
    return answer(200, JSON, LegacyForm.wrapped(changed.get()));
  }

  /** Cancelled is gone, as in the legacy; the event tells what it was. */
  @DELETE
  @Idempotent
  @Transactional(rollbackOn = Exception.class)
  public Response cancel(@Context UriInfo uri) throws SQLException {
    Optional<Integer> id = askedId(uri).flatMap(OrdersResource::number);
    if (id.isEmpty()) {
      return failed();
    }
    Optional<Order> cancelled = store.delete(id.get());
    if (cancelled.isEmpty()) {
      return answer(404, JSON, "");
    }
    publish("OrderCancelled", cancelled.get());
    return answer(204, JSON, "");
  }

  private void publish(String type, Order order) throws SQLException {
    outbox.add(type, "order/" + order.id(), LegacyForm.order(order));
  }

  @HEAD
  public Response head() {
    return refuse();
  }

  @OPTIONS
  public Response options() {
    return refuse();
  }

  @PUT
  public Response put() {
    return refuse();
  }

  @PATCH
  public Response patch() {
    return refuse();
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

  /** As {@code int.Parse}: blanks around it and a sign are fine. */
  private static Optional<Integer> number(String text) {
    String bare = text.strip();
    try {
      return bare.matches("[+-]?[0-9]+") ? Optional.of(Integer.valueOf(bare)) : Optional.empty();
    } catch (NumberFormatException moreThan32Bits) {
      return Optional.empty();
    }
  }

  private static Response notFound(String asked) {
    return answer(404, JSON, LegacyForm.noOrder(asked));
  }

  private static Response failed() {
    return answer(500, "text/html", FAILED);
  }

  private static Response refuse() {
    return Response.fromResponse(answer(405, JSON, ""))
        .header("Allow", "GET, POST, DELETE")
        .build();
  }

  private static Response answer(int status, String contentType, String body) {
    return Response.status(status)
        .header("Cache-Control", "private")
        .header("Content-Type", contentType)
        .entity(body.getBytes(StandardCharsets.UTF_8))
        .build();
  }
}
