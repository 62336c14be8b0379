package dev.banyan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Proposes the narrowest tolerance for a signature, and shows what else it would hide. */
@Command(
    name = "tolerate",
    description = {
      "Proposes the narrowest tolerance for a signature, and shows what else it would hide.",
      "Changes nothing: what it prints goes into the rule file, and is in force with it."
    },
    footer = {
      "",
      "Example:",
      "  banyan tolerate 3f0c6b1a9d20 --reason 'clients read both since 4.2' --owner team-orders"
    })
final class TolerateCommand extends AdminCommand {
  @Parameters(paramLabel = "SIGNATURE", description = "As `banyan mismatches ID` lists it.")
  String signature = "";

  @Option(names = "--reason", required = true, description = "Why it is right to accept it.")
  String reason = "";

  @Option(names = "--owner", description = "Who answers for it; you, if not given.")
  String owner = System.getProperty("user.name", "");

  @Option(names = "--expires", paramLabel = "DAY", description = "The last day it is to hold.")
  @Nullable String expires;

  @Option(names = "--route", paramLabel = "ID", description = "Its route, if you know it.")
  @Nullable String route;

  @Override
  int run(AdminClient admin, Screen screen) {
    var body = new LinkedHashMap<String, Object>();
    body.put("owner", owner);
    body.put("reason", reason);
    if (expires != null) {
      body.put("expires", expires);
    }
    var answer =
        admin.post(
            AdminClient.route(route == null ? routeOf(admin) : route)
                + "/mismatches/"
                + signature
                + "/tolerance-proposal",
            body);
    if (json) {
      screen.json(answer.text());
      return 0;
    }
    var tree = answer.tree();
    screen.line("write into the rule file:");
    screen.line("");
    tree.path("yaml").asText().lines().forEach(line -> screen.line("  " + Screen.safe(line)));
    screen.line("");
    screen.line(
        switch (tree.path("settles").asText()) {
          case "mismatch" -> "its examples would still not match: something else differs there.";
          case "stale" -> "whether it settles this cannot be told: no example could be compared.";
          default -> "its examples would be accepted with it.";
        });
    list(screen, "it would hide as well:", tree.path("hides"), "it would hide nothing else.");
    list(screen, "at the same place, and no example to tell by:", tree.path("unknown"), "");
    return 0;
  }

  private static void list(Screen screen, String title, JsonNode some, String none) {
    if (some.isEmpty()) {
      if (!none.isEmpty()) {
        screen.line(none);
      }
      return;
    }
    screen.line(title);
    for (var one : some) {
      screen.line(
          "  %s %s %s %s (%s)"
              .formatted(
                  Words.text(one.path("routeId")),
                  Words.text(one.path("signature")),
                  Words.text(one.path("location")),
                  Words.text(one.path("kind")),
                  Words.text(one.path("count"))));
    }
  }

  /** Signatures of several routes may have one id: then the route is asked for. */
  private String routeOf(AdminClient admin) {
    List<String> found = new ArrayList<>();
    for (var each : admin.get("/api/v1/routes").tree().path("routes")) {
      var id = each.path("id").asText();
      if (!each.path("kind").asText().equals("forward")) {
        continue;
      }
      for (var one : admin.get(AdminClient.route(id) + "/mismatches").tree().path("signatures")) {
        if (one.path("id").asText().equals(signature)) {
          found.add(id);
        }
      }
    }
    if (found.size() != 1) {
      throw new CommandFailed(
          "",
          List.of(
              found.isEmpty()
                  ? "signature: " + signature + " (expected: one that `banyan mismatches ID` lists)"
                  : "signature: "
                      + signature
                      + " of several routes: "
                      + found
                      + " (expected: --route)"));
    }
    return found.getFirst();
  }
}
