package dev.banyan.app.admin;

import dev.banyan.app.seen.MirroredWrites;
import dev.banyan.app.seen.MirroredWrites.Kind;
import dev.banyan.app.seen.MirroredWrites.Missing;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What became of the writes that the migrated side carries out after legacy. */
@Path("/api/v1/routes/{id}/writes")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class WritesResource {
  private final MirroredWrites writes;
  private final RouteViews views;

  WritesResource(MirroredWrites writes, RouteViews views) {
    this.writes = writes;
    this.views = views;
  }

  /**
   * The writes of one route, in this process.
   *
   * @param policy as in the rule file
   * @param counts by outcome and reason
   * @param missing those that did not arrive, the latest first
   */
  public record WritesView(
      String routeId,
      String policy,
      Map<String, Map<String, Long>> counts,
      List<Missing> missing) {}

  @GET
  public WritesView writes(String id) {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    for (Map.Entry<Kind, Long> one : writes.counts(id).entrySet()) {
      counts
          .computeIfAbsent(one.getKey().outcome(), outcome -> new TreeMap<>())
          .put(one.getKey().reason(), one.getValue());
    }
    String policy = views.forwarding(id).shadow().writes().writes().name();
    return new WritesView(
        id, policy.toLowerCase(Locale.ROOT).replace('_', '-'), counts, writes.missing(id));
  }
}
