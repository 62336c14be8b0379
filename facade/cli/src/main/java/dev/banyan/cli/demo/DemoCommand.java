package dev.banyan.cli.demo;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Placeholder until the story is written. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Shows it all.",
    footer = {"", "Example:", "  banyan demo --exit"})
public final class DemoCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 1;
  }
}
