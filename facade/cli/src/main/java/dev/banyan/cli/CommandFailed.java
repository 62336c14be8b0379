package dev.banyan.cli;

import java.util.List;

/** A command that could not be done, told in lines for a person; it ends the process with 1. */
public final class CommandFailed extends RuntimeException {
  private final transient List<String> lines;
  private final String answer;

  public CommandFailed(String... lines) {
    this("", List.of(lines));
  }

  CommandFailed(String answer, List<String> lines) {
    super(String.join("\n", lines));
    this.lines = List.copyOf(lines);
    this.answer = answer;
  }

  public List<String> lines() {
    return lines;
  }

  /** The problem document as it was received; empty where there was none. */
  String answer() {
    return answer;
  }
}
