package dev.banyan.app.offline;

import dev.banyan.contracts.RequestSender.Host;
import dev.banyan.parity.RequestCopy;
import dev.banyan.rules.MethodOverride;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a replay was asked to do.
 *
 * @param methods those that are sent; empty for all
 * @param unsafe whether what may change something is sent
 * @param rate requests of the recording a second; empty for as fast as both sides answer
 * @param concurrency requests of the recording under way at a time
 */
record ReplayPlan(
    Path file,
    Judge judge,
    Destination control,
    Destination candidate,
    Set<String> methods,
    boolean unsafe,
    Optional<Integer> rate,
    int concurrency,
    Host host,
    boolean json) {
  /** RFC 9110, section 9.2.1. */
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private static final Set<String> UNLESS_TOLD = Set.of("GET", "HEAD");
  private static final int MAX_CONCURRENCY = 256;
  private static final int MAX_RATE = 100_000;

  static ReplayPlan of(List<String> words) throws WrongUsage {
    Arguments arguments =
        Arguments.parse(
            words,
            List.of(
                "--against",
                "--profile",
                "--rules",
                "--rate",
                "--concurrency",
                "--methods",
                "--host"),
            List.of("--unsafe", "--json"));
    if (arguments.places().size() != 1) {
      throw new WrongUsage("files: " + arguments.places() + " (expected: one recording)");
    }
    List<String> against = List.of(arguments.value("--against").orElse("").split(",", -1));
    if (against.size() != 2) {
      throw new WrongUsage(
          "--against: "
              + String.join(",", against)
              + " (expected: two, with a comma between them)");
    }
    Judge judge = Judge.of(arguments.value("--rules"), arguments.value("--profile"));
    boolean unsafe = arguments.has("--unsafe");
    return new ReplayPlan(
        Path.of(arguments.places().getFirst()),
        judge,
        Destination.of(against.get(0).strip(), judge.rules()),
        Destination.of(against.get(1).strip(), judge.rules()),
        methods(arguments.value("--methods"), unsafe),
        unsafe,
        rate(arguments),
        // What changes something has to come in the order in which it was recorded.
        arguments.count("--concurrency", unsafe ? 1 : 4, MAX_CONCURRENCY),
        host(arguments.value("--host")),
        arguments.has("--json"));
  }

  /** Why a request is not sent; empty where it is. */
  Optional<String> whyNot(RequestCopy request) {
    if (!methods.isEmpty() && !methods.contains(request.method())) {
      return Optional.of("method " + request.method());
    }
    boolean asksForAnother =
        MethodOverride.isAsked(name -> request.headers().first(name).isPresent());
    return asksForAnother && !unsafe ? Optional.of("asks for another method") : Optional.empty();
  }

  private static Set<String> methods(Optional<String> given, boolean unsafe) throws WrongUsage {
    if (given.isEmpty()) {
      return unsafe ? Set.of() : UNLESS_TOLD;
    }
    Set<String> methods = Set.copyOf(List.of(given.get().split(",", -1)));
    for (String method : methods) {
      if (!unsafe && !SAFE.contains(method)) {
        throw new WrongUsage(
            "--methods: " + method + " (expected: a safe method, or --unsafe beside it)");
      }
    }
    return methods;
  }

  /** {@code 50} or {@code 50/s}. */
  private static Optional<Integer> rate(Arguments arguments) throws WrongUsage {
    Optional<String> given = arguments.value("--rate");
    if (given.isEmpty()) {
      return Optional.empty();
    }
    String number = given.get().replaceFirst("/s$", "");
    if (!number.matches("\\d{1,6}")
        || Integer.parseInt(number) < 1
        || Integer.parseInt(number) > MAX_RATE) {
      throw new WrongUsage("--rate: " + given.get() + " (expected: 1/s to " + MAX_RATE + "/s)");
    }
    return Optional.of(Integer.parseInt(number));
  }

  private static Host host(Optional<String> given) throws WrongUsage {
    return switch (given.orElse("recorded")) {
      case "recorded" -> Host.AS_RECORDED;
      case "target" -> Host.OF_THE_TARGET;
      default -> throw new WrongUsage("--host: " + given.get() + " (expected: recorded or target)");
    };
  }
}
