package dev.banyan.cli;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Moves a route forward on its evidence. */
@Command(
    name = "promote",
    description = "Moves a route forward on its evidence.",
    footer = {
      "",
      "Example:",
      "  banyan promote catalog.product --dry-run",
      "  banyan promote catalog.product --to canary:10"
    })
final class PromoteCommand extends AdminCommand {
  @Parameters(paramLabel = "ID", description = "The route's id.")
  String id = "";

  @Option(
      names = "--to",
      paramLabel = "STAGE",
      defaultValue = "next",
      description = "canary:10, live, retired; without it the stage that follows.")
  String to = "next";

  @Option(names = "--reason", description = "Why; kept in the ledger.")
  String reason = "";

  @Option(names = "--dry-run", description = "Plan and judge, change nothing.")
  boolean dryRun;

  @Option(names = "--override", description = "Go on although the gate refuses; wants --reason.")
  boolean override;

  @Option(
      names = "--expect-revision",
      paramLabel = "N",
      description = "Refuse where the ledger has moved on from this revision.")
  @Nullable Long expectedRevision;

  @Override
  void checkUsage() {
    if (override && reason.isBlank()) {
      throw new ParameterException(
          spec.commandLine(),
          "--override: without --reason (expected: both; the ledger keeps why)");
    }
  }

  @Override
  int run(AdminClient admin, Screen screen) {
    var body = new LinkedHashMap<String, Object>();
    body.put("to", to);
    if (!reason.isEmpty()) {
      body.put("reason", reason);
    }
    if (expectedRevision != null) {
      body.put("expectedRevision", expectedRevision);
    }
    body.put("override", override);
    body.put("dryRun", dryRun);
    return Flips.flip(admin, screen, this, id, body);
  }
}
