package dev.banyan.catalog.products;

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
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.Optional;

/** {@code /api/products} and {@code /api/products/{sku}}; letter case of the route is ignored. */
@Path("/{api:[aA][pP][iI]}/{products:[pP][rR][oO][dD][uU][cC][tT][sS]}{sku:(/[^/]+)?}{end:/?}")
@RunOnVirtualThread
public class ProductsResource {

  private final ProductStore store;

  @Inject
  ProductsResource(ProductStore store) {
    this.store = store;
  }

  @GET
  public Response get(
      @PathParam("sku") String segment, @Context UriInfo uri, @Context HttpHeaders headers)
      throws SQLException {
    WebApiAnswer answer = WebApiAnswer.to(headers);
    Optional<String> sku = segment.isEmpty() ? idOfQuery(uri) : Optional.of(segment.substring(1));
    return sku.isEmpty() ? all(answer) : one(sku.get(), answer);
  }

  /** Web API fills the action's {@code id} from the query where the path has none. */
  private static Optional<String> idOfQuery(UriInfo uri) {
    return uri.getQueryParameters().entrySet().stream()
        .filter(parameter -> parameter.getKey().equalsIgnoreCase("id"))
        .map(parameter -> parameter.getValue().getFirst())
        .findFirst();
  }

  private Response all(WebApiAnswer answer) throws SQLException {
    var products = store.all();
    return answer.with(Status.OK, format -> format.products(products));
  }

  private Response one(String sku, WebApiAnswer answer) throws SQLException {
    Optional<Product> product = store.bySku(sku);
    if (product.isEmpty()) {
      return answer.with(Status.NOT_FOUND, format -> format.text("Product " + sku + " not found"));
    }
    return answer.with(Status.OK, format -> format.product(product.get()));
  }

  @HEAD
  public Response head(@Context Request request, @Context HttpHeaders headers) {
    return refuse(request, headers);
  }

  @OPTIONS
  public Response options(@Context Request request, @Context HttpHeaders headers) {
    return refuse(request, headers);
  }

  @PATCH
  public Response patch(@Context Request request, @Context HttpHeaders headers) {
    return refuse(request, headers);
  }

  // Writes have not been taken over; the legacy still serves them.

  @POST
  public Response post(@Context Request request, @Context HttpHeaders headers) {
    return refuse(request, headers);
  }

  @PUT
  public Response put(@Context Request request, @Context HttpHeaders headers) {
    return refuse(request, headers);
  }

  @DELETE
  public Response delete(@Context Request request, @Context HttpHeaders headers) {
    return refuse(request, headers);
  }

  /** Web API names the method in the body and sends no Allow. */
  private static Response refuse(Request request, HttpHeaders headers) {
    String said =
        "The requested resource does not support http method '" + request.getMethod() + "'.";
    return WebApiAnswer.to(headers).with(Status.METHOD_NOT_ALLOWED, format -> format.text(said));
  }
}
