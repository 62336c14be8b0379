package dev.banyan.modulekit.idempotency;

import dev.banyan.modulekit.outbox.Outbox;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Adds a thing, with an event, and answers its number. */
@Path("/once/{prefix}")
@RunOnVirtualThread
public class OnceResource {

  private final DataSource database;
  private final Outbox outbox;

  @Inject
  OnceResource(DataSource database, Outbox outbox) {
    this.database = database;
    this.outbox = outbox;
  }

  @POST
  @Idempotent
  @Transactional(rollbackOn = Exception.class)
  public Response add(
      @PathParam("prefix") String prefix,
      @QueryParam("sleep") double seconds,
      @QueryParam("status") int status,
      String body)
      throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into kit_tests.things (name) select ? || '-' || gen_random_uuid()"
                    + " from pg_sleep(?) returning id")) {
      insert.setString(1, prefix);
      insert.setDouble(2, seconds);
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        long id = row.getLong(1);
        outbox.add("ThingAdded", prefix, "{\"Body\":\"" + body + "\"}");
        if (status == 599) {
          throw new IllegalStateException("as asked");
        }
        return Response.status(status == 0 ? 201 : status)
            .header("X-Thing", id)
            .entity("thing " + id)
            .build();
      }
    }
  }
}
