package dev.banyan.cli.demo;

import dev.banyan.cli.CommandFailed;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** A started process: its last lines are kept, and it is ended with all its descendants. */
final class Child {
  private static final int KEPT_LINES = 15;

  private final String name;
  private final Process process;
  private final Deque<String> last = new ArrayDeque<>();
  private final List<Awaited> awaited = new ArrayList<>();

  private record Awaited(Predicate<String> wanted, CompletableFuture<String> found) {}

  private Child(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /** Starts the process; a line that is wanted completes the future once. */
  static Child start(String name, List<String> command) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      var child = new Child(name, process);
      Thread.ofVirtual().name("output of " + name).start(child::read);
      return child;
    } catch (IOException e) {
      throw new CommandFailed("Cannot start " + name + ": " + e);
    }
  }

  /** The first line, of those to come and those kept, that is wanted. */
  CompletableFuture<String> line(Predicate<String> wanted) {
    var found = new CompletableFuture<String>();
    synchronized (last) {
      last.stream().filter(wanted).findFirst().ifPresent(found::complete);
      awaited.add(new Awaited(wanted, found));
    }
    return found;
  }

  /** Waits for the line; tells the process's last output where it does not come. */
  String await(Predicate<String> wanted, Duration deadline) {
    var line = line(wanted);
    var end = process.onExit();
    try {
      CompletableFuture.anyOf(line, end).get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      if (line.isDone()) {
        return line.get();
      }
      // The reader may still hold the last lines of a process that has ended.
      return line.get(1, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw failed(
          process.isAlive() ? "was not ready after " + deadline.toSeconds() + " s" : "ended");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was interrupted");
    }
  }

  CommandFailed failed(String what) {
    var lines = new ArrayList<String>();
    lines.add(name + " " + what + ". Its last lines:");
    synchronized (last) {
      last.forEach(line -> lines.add("  | " + line));
    }
    return new CommandFailed(lines.toArray(String[]::new));
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Asks politely, so that a database below can close; forces what is left after the grace. */
  void stop(Duration grace) {
    var family = new ArrayList<ProcessHandle>();
    process.descendants().forEach(family::add);
    process.destroy();
    try {
      if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(family::add);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    family.forEach(ProcessHandle::destroy);
    for (var member : family) {
      try {
        member.onExit().get(3, TimeUnit.SECONDS);
      } catch (TimeoutException | ExecutionException e) {
        member.destroyForcibly();
      } catch (InterruptedException e) {
        member.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }

  private void read() {
    try (BufferedReader reader = process.inputReader()) {
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        keep(line);
      }
    } catch (IOException e) {
      keep("(output ended: " + e.getMessage() + ")");
    }
  }

  private void keep(String line) {
    synchronized (last) {
      last.addLast(line);
      if (last.size() > KEPT_LINES) {
        last.removeFirst();
      }
      awaited.stream().filter(a -> a.wanted().test(line)).forEach(a -> a.found().complete(line));
    }
  }
}
