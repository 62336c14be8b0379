package dev.banyan.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Records, lists and verifies contracts. */
@Command(
    name = "contracts",
    mixinStandardHelpOptions = true,
    description = "Records, lists and verifies contracts.",
    subcommands = {
      ContractsRecordCommand.class,
      Launched.ContractsVerify.class,
      ContractsListCommand.class
    },
    footer = {"", "Example:", "  banyan contracts record --route catalog.product"})
final class ContractsCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return 2;
  }
}
