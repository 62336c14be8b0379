package dev.banyan.app.offline;

import dev.banyan.contracts.RequestSender;
import dev.banyan.contracts.recordings.RecordedExchange;
import dev.banyan.contracts.recordings.Recording;
import dev.banyan.parity.Body;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.rules.Route;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Sends a recording to both sides: the control first, then the candidate, as live shadowing does.
 * Each exchange on a virtual thread, no more at a time than the plan says.
 */
final class ReplayRun implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final long PROGRESS_NANOS = 250_000_000;

  private final ReplayPlan plan;
  private final ReplayTally tally = new ReplayTally();
  private final Map<URI, RequestSender> senders = new HashMap<>();
  private final Optional<PrintStream> progress;

  /**
   * @param progress where a line is kept up to date; empty where nobody looks
   */
  ReplayRun(ReplayPlan plan, Optional<PrintStream> progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /** One request and where it goes. */
  private record Task(
      String routeId,
      String title,
      RequestCopy request,
      RequestSender control,
      RequestSender candidate) {}

  ReplayTally send(Recording recording) throws InterruptedException {
    int all = recording.exchanges().size();
    Semaphore free = new Semaphore(plan.concurrency());
    long begun = System.nanoTime();
    long shown = begun;
    long tasks = 0;
    for (RecordedExchange exchange : recording.exchanges()) {
      Optional<Task> task = task(exchange);
      if (task.isEmpty()) {
        continue;
      }
      awaitTurn(begun, tasks++);
      free.acquire();
      Thread.startVirtualThread(() -> run(task.get(), free));
      if (System.nanoTime() - shown > PROGRESS_NANOS) {
        shown = System.nanoTime();
        show(all);
      }
    }
    while (!free.tryAcquire(plan.concurrency(), PROGRESS_NANOS, TimeUnit.NANOSECONDS)) {
      show(all);
    }
    progress.ifPresent(line -> line.print("\r\u001b[K"));
    return tally;
  }

  private void awaitTurn(long begun, long number) throws InterruptedException {
    if (plan.rate().isPresent()) {
      long due = begun + number * TimeUnit.SECONDS.toNanos(1) / plan.rate().get();
      TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
    }
  }

  private void run(Task task, Semaphore free) {
    try {
      Observation control = task.control().send(task.request());
      Observation candidate = task.candidate().send(task.request());
      tally.add(
          task.routeId(),
          task.title(),
          control,
          candidate,
          plan.judge().compare(Optional.of(task.request()), control, candidate));
    } finally {
      free.release();
    }
  }

  /** Empty, and counted, where it cannot or must not be sent. */
  private Optional<Task> task(RecordedExchange exchange) {
    if (exchange.request().isEmpty()) {
      return skip("no request recorded");
    }
    RequestCopy request = exchange.request().get();
    Optional<String> whyNot = plan.whyNot(request);
    if (whyNot.isPresent()) {
      return skip(whyNot.get());
    }
    if (!(request.body() instanceof Body.Whole)) {
      return skip("request body not recorded");
    }
    Optional<Route> route = plan.judge().route(request);
    if (plan.judge().rules().isPresent() && route.isEmpty()) {
      return skip("no route, or refused by one");
    }
    Optional<URI> control = plan.control().baseFor(route);
    Optional<URI> candidate = plan.candidate().baseFor(route);
    if (control.isEmpty() || candidate.isEmpty()) {
      return skip("no migrated side");
    }
    return Optional.of(
        new Task(
            route.map(Route::id).orElse(ReplayTally.ALL),
            exchange.title(),
            request,
            sender(control.get()),
            sender(candidate.get())));
  }

  private Optional<Task> skip(String reason) {
    tally.skip(reason);
    return Optional.empty();
  }

  private RequestSender sender(URI base) {
    return senders.computeIfAbsent(base, to -> RequestSender.to(to, TIMEOUT, plan.host()));
  }

  private void show(int all) {
    progress.ifPresent(line -> line.print("\r\u001b[K" + tally.progress(all)));
  }

  @Override
  public void close() {
    senders.values().forEach(RequestSender::close);
  }
}
