package dev.banyan.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Fetches the descriptor sets that messages of protobuf are compared by. */
@Command(
    name = "descriptors",
    mixinStandardHelpOptions = true,
    description = "Fetches the descriptor sets that messages of protobuf are compared by.",
    subcommands = {Launched.DescriptorsFetch.class},
    footer = {
      "",
      "Example:",
      "  banyan descriptors fetch http://127.0.0.1:5001 --out orders.binpb"
    })
final class DescriptorsCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return 2;
  }
}
