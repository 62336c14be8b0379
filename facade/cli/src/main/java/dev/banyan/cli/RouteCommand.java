package dev.banyan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows one route. */
@Command(
    name = "route",
    description = "Shows one route.",
    footer = {"", "Example:", "  banyan route catalog.product"})
final class RouteCommand extends AdminCommand {
  @Parameters(paramLabel = "ID", description = "The route's id.")
  String id = "";

  @Override
  int run(AdminClient admin, Screen screen) {
    var answer = admin.get(AdminClient.route(id));
    if (json) {
      screen.json(answer.text());
      return 0;
    }
    answer
        .tree()
        .properties()
        .forEach(
            entry -> {
              if (!Set.of("verdict", "burn", "canary", "watch").contains(entry.getKey())) {
                screen.line("%-20s %s".formatted(entry.getKey(), shown(entry.getValue())));
              }
            });
    var watch = answer.tree().path("watch");
    if (watch.path("state").isTextual()) {
      screen.line("%-20s %s".formatted("watch", Words.text(watch.path("state"))));
    }
    if (watch.path("against").isTextual()) {
      screen.line("against a flip forward: " + Words.text(watch.path("against")));
    }
    Words.burns(answer.tree().path("burn")).forEach(screen::line);
    Words.verdict(answer.tree().path("verdict")).forEach(screen::line);
    return 0;
  }

  private static String shown(JsonNode value) {
    return value.isContainerNode() ? value.toString() : Words.text(value);
  }
}
