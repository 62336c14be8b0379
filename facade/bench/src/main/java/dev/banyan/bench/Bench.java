package dev.banyan.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code ./banyan bench}. */
@Command(
    name = "banyan bench",
    description = "Compares side by side, in one run.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:  ./banyan bench proxy --seconds 10"},
    subcommands = {
      ProxyBench.class,
      IsolationBench.class,
      TableBench.class,
      ShadowBench.class,
      ConnectionsBench.class,
      SoakBench.class,
      CompareBench.class
    })
final class Bench implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "which one? See --help");
  }

  public static void main(String[] args) {
    System.exit(new CommandLine(new Bench()).execute(args));
  }
}
