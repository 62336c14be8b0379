package dev.banyan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Proposes the narrowest tolerance for a signature, and writes it into the rule file if told to.
 */
@Command(
    name = "tolerate",
    description = {
      "Proposes the narrowest tolerance for a signature, and shows what else it would hide.",
      "With --apply the facade writes it into its rule file, takes the rules, and shows what moved."
    },
    footer = {
      "",
      "Example:",
      "  banyan tolerate 3f0c6b1a9d20 --reason 'clients read both since 4.2' --owner team-orders",
      "  banyan tolerate 3f0c6b1a9d20 --reason 'until the next port' --until 2027-01-31 --apply"
    })
final class TolerateCommand extends AdminCommand {
  @Parameters(paramLabel = "SIGNATURE", description = "As `banyan mismatches ID` lists it.")
  String signature = "";

  @Option(names = "--reason", required = true, description = "Why it is right to accept it.")
  String reason = "";

  @Option(names = "--owner", description = "Who answers for it; you, if not given.")
  String owner = System.getProperty("user.name", "");

  @Option(
      names = {"--until", "--expires"},
      paramLabel = "DAY",
      description = "The last day it is to hold.")
  @Nullable String until;

  @Option(names = "--route", paramLabel = "ID", description = "Its route, if you know it.")
  @Nullable String route;

  @Option(names = "--apply", description = "Write it into the facade's rule file.")
  boolean apply;

  @Option(names = "--dry-run", description = "Only say what --apply would do; changes nothing.")
  boolean dryRun;

  @Override
  int run(AdminClient admin, Screen screen) {
    var body = new LinkedHashMap<String, Object>();
    body.put("owner", owner);
    body.put("reason", reason);
    if (until != null) {
      body.put("expires", until);
    }
    var path =
        AdminClient.route(route == null ? routeOf(admin) : route) + "/mismatches/" + signature;
    var proposed = admin.post(path + "/tolerance-proposal", body);
    var proposal = proposed.tree();
    var doing = apply && !dryRun;
    if (!json) {
      proposal(proposal, screen);
    } else if (!doing) {
      screen.json(proposed.text());
    }
    if (apply) {
      checkApplicable(proposal, proposed.text());
    }
    if (!doing) {
      return 0;
    }
    body.put("expectedRules", proposal.path("rulesDigest").asText());
    var applied = admin.post(path + "/tolerance", body);
    if (json) {
      screen.json(applied.text());
    } else {
      applied(applied.tree(), screen);
    }
    return 0;
  }

  private static void proposal(JsonNode tree, Screen screen) {
    screen.line("for the rule file:");
    screen.line("");
    tree.path("yaml").asText().lines().forEach(line -> screen.line("  " + line));
    screen.line("");
    screen.line(
        switch (tree.path("settles").asText()) {
          case "mismatch" -> "its examples would still not match: something else differs there.";
          case "stale" -> "whether it settles this cannot be told: no example could be compared.";
          default -> "its examples would be accepted with it.";
        });
    list(screen, "it would hide as well:", tree.path("hides"), "it would hide nothing else.");
    list(screen, "at the same place, and no example to tell by:", tree.path("unknown"), "");
    screen.line(
        tree.path("file").isTextual()
            ? "--apply writes it into " + tree.path("file").asText()
            : "--apply cannot write it: " + Words.text(tree.path("notApplicable")));
  }

  private static void checkApplicable(JsonNode proposal, String answer) {
    if (!proposal.path("file").isTextual()) {
      throw new CommandFailed(
          answer, List.of(Words.text(proposal.path("notApplicable")), "Nothing was changed."));
    }
    if (proposal.path("settles").asText().equals("mismatch")) {
      throw new CommandFailed(
          answer, List.of("It would not settle this signature.", "Nothing was changed."));
    }
  }

  private static void applied(JsonNode tree, Screen screen) {
    screen.line("");
    screen.line(
        "written into %s; the facade has loaded it.".formatted(Words.text(tree.path("file"))));
    if (!tree.path("judged").asBoolean()) {
      screen.line("signatures are still being judged again; see `banyan mismatches ID`.");
    }
    if (tree.path("moved").isEmpty()) {
      screen.line("no signature moved.");
      return;
    }
    var table = new TextTable("route", "signature", "location", "kind", "count", "was", "is");
    for (var one : tree.path("moved")) {
      table.row(
          Words.text(one.path("routeId")),
          Words.text(one.path("signature")),
          Words.text(one.path("location")),
          Words.text(one.path("kind")),
          Words.text(one.path("count")),
          Words.text(one.path("before")),
          Words.text(one.path("after")));
    }
    table.lines().forEach(screen::line);
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
