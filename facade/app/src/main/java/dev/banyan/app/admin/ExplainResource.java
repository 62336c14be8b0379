package dev.banyan.app.admin;

import dev.banyan.migration.TableKeeper;
import dev.banyan.rules.Decision;
import dev.banyan.rules.Explanation;
import dev.banyan.rules.SimpleRequestHead;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why a request goes where it goes. */
@Path("/api/v1/explain")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ExplainResource {
  private final TableKeeper tables;

  ExplainResource(TableKeeper tables) {
    this.tables = tables;
  }

  /** The decision, and every route that was considered. */
  public record Explained(
      String decision,
      @Nullable String routeId,
      @Nullable String side,
      @Nullable String upstream,
      @Nullable String stage,
      @Nullable String mirror,
      @Nullable Integer status,
      @Nullable String reason,
      List<ConsideredRoute> considered) {}

  /** Why one route does or does not take it. */
  public record ConsideredRoute(String routeId, boolean matched, String why) {}

  @GET
  public Explained explain(
      @QueryParam("method") @DefaultValue("GET") String method,
      @QueryParam("url") @Nullable String url,
      @QueryParam("header") List<String> headers) {
    if (url == null || !(url.startsWith("/") || url.contains("://"))) {
      throw ProblemDocument.of(
              400, "url: " + url + " (expected: a path such as /api/products/1, or a URL)")
          .refusal();
    }
    Explanation explanation =
        tables.get().explain(SimpleRequestHead.of(method, url, parsed(headers)));
    List<ConsideredRoute> considered =
        explanation.considered().stream()
            .map(c -> new ConsideredRoute(c.routeId(), c.matched(), c.mismatch().orElse("matches")))
            .toList();
    return switch (explanation.decision()) {
      case Decision.Refuse refuse ->
          new Explained(
              "refuse",
              refuse.routeId().orElse(null),
              null,
              null,
              null,
              null,
              refuse.status(),
              refuse.reason(),
              considered);
      case Decision.Serve serve -> {
        Decision.Mirror mirror = serve.mirror();
        yield new Explained(
            "serve",
            serve.route().id(),
            serve.side().word(),
            serve.upstream().name(),
            serve.stage().text(),
            mirror == null ? null : mirror.side().word(),
            null,
            null,
            considered);
      }
    };
  }

  private static Map<String, String> parsed(List<String> headers) {
    Map<String, String> parsed = new HashMap<>();
    for (String header : headers) {
      int colon = header.indexOf(':');
      if (colon < 1) {
        throw ProblemDocument.of(400, "header: " + header + " (expected: Name: value)").refusal();
      }
      parsed.put(
          header.substring(0, colon).strip().toLowerCase(Locale.ROOT),
          header.substring(colon + 1).strip());
    }
    return parsed;
  }
}
