package dev.banyan.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says that a person has looked at a breach; flips are possible again once it has cooled down. */
@Command(
    name = "acknowledge",
    description = {
      "Says that you have looked at a breach, after which the watch took the route back.",
      "Flips forward are possible again once it has cooled down, too."
    },
    footer = {"", "Example:", "  banyan acknowledge catalog.product"})
final class AcknowledgeCommand extends AdminCommand {
  @Parameters(paramLabel = "ID", description = "The route's id.")
  String id = "";

  @Override
  int run(AdminClient admin, Screen screen) {
    var answer = admin.post(AdminClient.route(id) + "/watch/acknowledgement", Map.of());
    if (json) {
      screen.json(answer.text());
      return 0;
    }
    var watch = answer.tree();
    screen.line(
        "%s: breach of %s%s acknowledged by %s; flips forward from %s on"
            .formatted(
                Words.text(watch.path("routeId")),
                Words.text(watch.path("breachedAt")),
                watch.path("seenBy").isTextual()
                    ? " seen by replica " + Words.text(watch.path("seenBy"))
                    : "",
                Words.text(watch.path("acknowledgedBy")),
                Words.text(watch.path("coolUntil"))));
    watch.path("reasons").forEach(reason -> screen.line("  - " + reason.asText()));
    return 0;
  }
}
