package dev.banyan.cli;

import dev.banyan.cli.demo.DemoCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root of the commands. */
@Command(
    name = "banyan",
    mixinStandardHelpOptions = true,
    version = "banyan 0.1.0-SNAPSHOT",
    description = "A migration facade in front of an existing system: compare, promote, roll back.",
    subcommands = {
      DemoCommand.class,
      Launched.Run.class,
      RoutesCommand.class,
      RouteCommand.class,
      ExplainCommand.class,
      ParityCommand.class,
      MismatchesCommand.class,
      TolerateCommand.class,
      ShadowCommand.class,
      PromoteCommand.class,
      RollbackCommand.class,
      ApprovalsCommand.class,
      ApproveCommand.class,
      AcknowledgeCommand.class,
      WritesCommand.class,
      HistoryCommand.class,
      ReplicasCommand.class,
      ContractsCommand.class,
      RulesCommand.class,
      DescriptorsCommand.class,
      Launched.Compare.class,
      Launched.Replay.class,
      Launched.Test.class,
      Launched.Bench.class
    },
    footer = {
      "",
      "Exit: 0 done, 1 refused or failed, 2 wrong usage.",
      "Example:",
      "  banyan demo --exit",
      "  banyan COMMAND --help"
    })
public final class Banyan implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return 0;
  }

  /** The commands, printing to the given writers. */
  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return new CommandLine(new Banyan())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(Math.min(120, Screen.width()));
  }

  public static void main(String[] arguments) {
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    var code = commandLine(out, err).execute(arguments);
    out.flush();
    err.flush();
    System.exit(code);
  }
}
