package dev.banyan.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that asks the admin port: connect, ask, print. */
@Command(mixinStandardHelpOptions = true)
abstract class AdminCommand implements Callable<Integer> {
  @Mixin Connection connection = new Connection();

  @Option(names = "--json", description = "Print the admin port's answer as it is.")
  boolean json;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public final Integer call() {
    checkUsage();
    var commandLine = spec.commandLine();
    var screen = Screen.of(commandLine.getOut(), commandLine.getErr());
    try (var admin = new AdminClient(connection.find(System.getenv()))) {
      return run(admin, screen);
    } catch (CommandFailed failed) {
      if (json && !failed.answer().isEmpty()) {
        screen.json(failed.answer());
      }
      failed.lines().forEach(screen::note);
      return 1;
    }
  }

  /**
   * Throws a ParameterException where the arguments do not fit together, before anything is asked.
   */
  void checkUsage() {}

  abstract int run(AdminClient admin, Screen screen);
}
