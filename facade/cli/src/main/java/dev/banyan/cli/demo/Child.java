package dev.banyan.cli.demo;

import dev.banyan.cli.CommandFailed;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** A started process: its last lines are kept, and it is ended with all its descendants. */
final class Child {
  private static final int KEPT_LINES = 15;
  private static final Duration LEFTOVERS = Duration.ofSeconds(3);

  private final String name;
  private final Process process;
  private final Deque<String> last = new ArrayDeque<>();
  private final List<Awaited> awaited = new ArrayList<>();
  private final CompletableFuture<Void> read = new CompletableFuture<>();

  private record Awaited(Predicate<String> wanted, CompletableFuture<String> found) {}

  private Child(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /** Starts the process; what it prints is read from now on. */
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

  /** The kept lines that are wanted. */
  List<String> kept(Predicate<String> wanted) {
    synchronized (last) {
      return last.stream().filter(wanted).toList();
    }
  }

  /** The first line, of those kept and those to come, that is wanted. */
  private CompletableFuture<String> line(Predicate<String> wanted) {
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
    try {
      // A process that has ended is read to its end first: its last line may be the wanted one.
      CompletableFuture.anyOf(line, read).get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      if (line.isDone()) {
        return line.join();
      }
      throw failed("ended");
    } catch (TimeoutException | ExecutionException e) {
      throw failed("was not ready after " + deadline.toSeconds() + " s");
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
    var family = new LinkedHashSet<ProcessHandle>();
    process.descendants().forEach(family::add);
    // By its handle: Process.destroy would also close the output that it still writes to.
    process.toHandle().destroy();
    if (!ends(process.toHandle(), grace)) {
      process.descendants().forEach(family::add);
      process.destroyForcibly();
    }
    family.forEach(ProcessHandle::destroy);
    var deadline = System.nanoTime() + LEFTOVERS.toNanos();
    while (!family.stream().allMatch(Child::gone) && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    family.forEach(ProcessHandle::destroyForcibly);
  }

  /**
   * Ended, even where nobody has collected its exit status yet: then it has no command any more.
   */
  static boolean gone(ProcessHandle process) {
    return !process.isAlive() || process.info().command().isEmpty();
  }

  private static boolean ends(ProcessHandle process, Duration within) {
    try {
      process.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void read() {
    try (BufferedReader reader = process.inputReader()) {
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        keep(line);
      }
    } catch (IOException e) {
      keep("(output ended: " + e.getMessage() + ")");
    } finally {
      read.complete(null);
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
