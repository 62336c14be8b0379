package dev.banyan.cli;

import java.util.LinkedHashMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sets a route to shadow: legacy serves, the migrated side is compared. */
@Command(
    name = "shadow",
    description = "Sets a route to shadow: legacy serves, the migrated side is compared.",
    footer = {"", "Example:", "  banyan shadow catalog.product --reason 'first look'"})
final class ShadowCommand extends AdminCommand {
  @Parameters(paramLabel = "ID", description = "The route's id.")
  String id = "";

  @Option(names = "--reason", description = "Why; kept in the ledger.")
  String reason = "";

  @Override
  int run(AdminClient admin, Screen screen) {
    var body = new LinkedHashMap<String, Object>();
    body.put("to", "shadow");
    if (!reason.isEmpty()) {
      body.put("reason", reason);
    }
    return Flips.flip(admin, screen, this, id, body);
  }
}
