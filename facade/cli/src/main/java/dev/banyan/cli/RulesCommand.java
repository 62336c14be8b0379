package dev.banyan.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks, reloads and shows rule sets. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description = "Checks, reloads and shows rule sets.",
    subcommands = {Launched.RulesCheck.class, RulesReloadCommand.class, RulesStatusCommand.class},
    footer = {"", "Example:", "  banyan rules check rules.yaml"})
final class RulesCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return 2;
  }
}
