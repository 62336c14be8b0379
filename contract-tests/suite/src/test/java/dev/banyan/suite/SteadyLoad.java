package dev.banyan.suite;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Sends requests at a steady rate, whatever becomes of those before, and keeps what came back. */
final class SteadyLoad {
  static final int CLIENTS = 199;
  private final LoadBalancer balancer;
  private final int perSecond;
  private final int routes;
  private final Map<Integer, Served> served = new ConcurrentHashMap<>();
  private final Queue<String> failed = new ConcurrentLinkedQueue<>();
  private final Thread clock = Thread.ofPlatform().name("load").unstarted(this::send);
  private volatile boolean over;
  private volatile int sent;

  /**
   * One answer.
   *
   * @param at when it was whole
   * @param body names the upstream that gave it
   */
  record Served(Replica replica, String body, Instant at, long millis) {}

  SteadyLoad(LoadBalancer balancer, int perSecond, int routes) {
    this.balancer = balancer;
    this.perSecond = perSecond;
    this.routes = routes;
  }

  void start() {
    clock.start();
  }

  /** Returns once every request has an answer or has failed. */
  void end() throws InterruptedException {
    over = true;
    clock.join();
  }

  int sent() {
    return sent;
  }

  Map<Integer, Served> served() {
    return served;
  }

  Queue<String> failed() {
    return failed;
  }

  String route(int number) {
    return "r" + number % routes;
  }

  static String client(int number) {
    return "c" + number % CLIENTS;
  }

  /** Letters and digits, as figures alone might look private. */
  String path(int number) {
    return "/" + route(number) + "/n" + number;
  }

  private void send() {
    long began = System.nanoTime();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; !over; i++) {
        int number = i;
        long due = began + TimeUnit.SECONDS.toNanos(number) / perSecond;
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        clients.execute(() -> ask(number));
        sent = number + 1;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask(int number) {
    long began = System.nanoTime();
    try {
      LoadBalancer.Answer answer = balancer.get(path(number), client(number));
      if (answer.status() == 200) {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        served.put(number, new Served(answer.replica(), answer.body(), Instant.now(), millis));
      } else {
        failed.add(path(number) + ": " + answer.status() + " " + answer.body());
      }
    } catch (IOException failure) {
      failed.add(path(number) + ": " + failure);
    }
  }
}
