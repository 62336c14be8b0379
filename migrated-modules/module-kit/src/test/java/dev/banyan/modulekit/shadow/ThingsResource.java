package dev.banyan.modulekit.shadow;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.sql.SQLException;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/** Each method writes in another way and answers how many things it then sees. */
@Path("/things/{name}")
@RunOnVirtualThread
public class ThingsResource {

  private final Things things;

  @Inject
  ThingsResource(Things things) {
    this.things = things;
  }

  @POST
  @Path("required")
  public Response required(@PathParam("name") String name, @QueryParam("parent") String parent) {
    return answer(name, () -> things.required(name, parent));
  }

  @POST
  @Path("platform-thread")
  @io.smallrye.common.annotation.Blocking
  public Response onPlatformThread(@PathParam("name") String name) {
    return answer(name, () -> things.required(name, null));
  }

  @POST
  @Path("requires-new")
  @Transactional
  public Response requiresNew(@PathParam("name") String name) {
    return answer(
        name,
        () -> {
          things.required(name + "-outer", null);
          things.requiresNew(name + "-new");
          try {
            things.requiresNewThatFails(name + "-failed");
          } catch (IllegalStateException expected) {
            // Undone alone: the outer transaction goes on.
          }
          return things.notSupported(name + "-none");
        });
  }

  @POST
  @Path("by-program")
  public Response byProgram(@PathParam("name") String name) {
    return answer(
        name,
        () ->
            QuarkusTransaction.requiringNew()
                .call(
                    () -> QuarkusTransaction.requiringNew().call(() -> things.plain(name, null))));
  }

  @POST
  @Path("plain")
  public Response plain(@PathParam("name") String name) {
    return answer(name, () -> things.plain(name, null));
  }

  /** The second insert fails; the first must stand, as it would in auto-commit. */
  @POST
  @Path("plain-twice")
  public Response plainTwice(@PathParam("name") String name) {
    return answer(
        name,
        () -> {
          things.plain(name, null);
          try {
            things.plain(name, null);
          } catch (SQLException duplicate) {
            // As expected.
          }
          return things.count(name);
        });
  }

  @POST
  @Path("by-hand")
  public Response byHand(@PathParam("name") String name) {
    return answer(name, () -> things.byHand(name));
  }

  @POST
  @Path("sql-commit")
  public Response sqlCommit(@PathParam("name") String name, @QueryParam("sql") String sql) {
    return answer(
        name,
        () -> {
          things.plain(name, null);
          things.execute(sql);
          return 0;
        });
  }

  @POST
  @Path("slow")
  public Response slow(@PathParam("name") String name) {
    return answer(
        name,
        () -> {
          things.plain(name, null);
          things.execute("select pg_sleep(3)");
          return things.plain(name + "-later", null);
        });
  }

  @POST
  @Path("call")
  public Response call(@PathParam("name") String name, @QueryParam("to") String to) {
    return answer(
        name,
        () -> {
          things.plain(name, null);
          RestClientBuilder.newBuilder()
              .baseUri(URI.create(to))
              .build(Neighbour.class)
              .tell("of " + name);
          return 0;
        });
  }

  private interface Work {
    long run() throws Exception;
  }

  /** Conflicts are answered, as a module does. */
  private Response answer(String name, Work work) {
    try {
      long unused = work.run();
      return Response.status(201).entity("sees " + things.count(name + "%")).build();
    } catch (Exception failure) {
      Throwable root = failure;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      return Response.status(409).entity(String.valueOf(root.getMessage())).build();
    }
  }
}
