package dev.banyan.cli.demo;

import dev.banyan.cli.CommandFailed;
import dev.banyan.cli.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows a comparison, a promotion, a refusal and the way back on real processes. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Shows a comparison, a promotion, a refusal and the way back.",
    footer = {"", "Example:", "  banyan demo", "  banyan demo --exit --seconds 8"})
public final class DemoCommand implements Callable<Integer> {
  @Option(names = "--exit", description = "Stop everything at the end.")
  boolean exit;

  @Option(
      names = "--seconds",
      defaultValue = "8",
      description = "Seconds of traffic before the story (${DEFAULT-VALUE}).")
  int seconds;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    var screen = Screen.of(spec.commandLine().getOut(), spec.commandLine().getErr());
    var home = Path.of(System.getProperty("banyan.home", ".")).toAbsolutePath().normalize();
    try (var house = new DemoHouse(home, screen)) {
      // Ctrl-C and SIGTERM end the JVM by its hooks, not by this block.
      Runtime.getRuntime().addShutdownHook(new Thread(house::close, "demo end"));
      return told(house, screen);
    }
  }

  private int told(DemoHouse house, Screen screen) throws InterruptedException {
    var step = "start the processes";
    DemoStory story = null;
    try (var admin = house.open();
        var traffic = new DemoTraffic(house.facade())) {
      story = new DemoStory(admin, traffic, screen);
      story.tell(seconds);
      screen.line("");
      screen.line(Screen.Colour.GREEN, "All of it happened.");
      next(house, screen);
      if (!exit) {
        screen.note("The facade stays up at " + house.facade() + "; Ctrl-C ends everything.");
        new CountDownLatch(1).await();
      }
      return 0;
    } catch (CommandFailed | IOException e) {
      if (house.ending()) {
        return 1; // Ctrl-C: what fails now fails because of it
      }
      screen.note("demo failed at: " + (story == null ? step : story.step()));
      String.valueOf(e.getMessage()).lines().forEach(screen::note);
      return 1;
    }
  }

  private void next(DemoHouse house, Screen screen) {
    screen.line(exit ? "To try by hand, start ./banyan demo, then:" : "To try next:");
    var data = exit ? "DIR" : house.data().toString();
    for (var command :
        new String[] {
          "routes",
          "parity catalog.product",
          "mismatches orders.read",
          "explain GET /api/products/AB-1",
          "promote catalog.products",
          "history --verify"
        }) {
      screen.line("  ./banyan " + command + " --data " + data);
    }
  }

  static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed("Interrupted.");
    }
  }
}
