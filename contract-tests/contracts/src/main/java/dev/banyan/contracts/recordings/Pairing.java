package dev.banyan.contracts.recordings;

import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which answers are to be compared.
 *
 * @param pairs in the order of the control's recording
 * @param unpaired what has no other half
 */
public record Pairing(List<Pair> pairs, List<Unpaired> unpaired) {
  public Pairing {
    pairs = List.copyOf(pairs);
    unpaired = List.copyOf(unpaired);
  }

  /**
   * Two answers to one request.
   *
   * @param title the request, or the files where it is not known
   * @param request of the control, if either is known
   */
  public record Pair(
      String title,
      Optional<RequestCopy> request,
      String controlPlace,
      String candidatePlace,
      Observation control,
      Observation candidate) {}

  /**
   * An exchange without its other half.
   *
   * @param why for people
   */
  public record Unpaired(String place, String title, String why) {}

  /**
   * The exchanges of two recordings by method and target: the first with the first, the second with
   * the second. Where each has but one, they are a pair whatever was asked.
   */
  public static Pairing of(Recording control, Recording candidate) {
    if (control.exchanges().size() == 1 && candidate.exchanges().size() == 1) {
      return only(control.exchanges().getFirst(), candidate.exchanges().getFirst());
    }
    return byRequest(control.exchanges(), candidate.exchanges());
  }

  /**
   * What is to be compared within one recording: original answers with replayed ones, or, where its
   * requests went to two hosts, the answers of the first with those of the second.
   *
   * @throws UnreadableRecording where it has neither
   */
  public static Pairing within(Recording recording) throws UnreadableRecording {
    if (recording.exchanges().stream().anyMatch(one -> one.replayed().isPresent())) {
      return replayed(recording.exchanges());
    }
    Map<String, List<RecordedExchange>> byHost = new LinkedHashMap<>();
    for (RecordedExchange one : recording.exchanges()) {
      String host = one.request().flatMap(r -> r.headers().first("host")).orElse("");
      byHost.computeIfAbsent(host, any -> new ArrayList<>()).add(one);
    }
    if (byHost.size() != 2) {
      throw new UnreadableRecording(
          recording.name(),
          "one recording with answers of " + byHost.size() + " hosts and none replayed",
          byHost.keySet().toString(),
          "replayed answers, exactly two hosts, or a second recording");
    }
    List<List<RecordedExchange>> sides = List.copyOf(byHost.values());
    return byRequest(sides.get(0), sides.get(1));
  }

  private static Pairing only(RecordedExchange control, RecordedExchange candidate) {
    List<Pair> pairs = new ArrayList<>();
    List<Unpaired> unpaired = new ArrayList<>();
    match(control, candidate, pairs, unpaired);
    return new Pairing(pairs, unpaired);
  }

  private static Pairing byRequest(
      List<RecordedExchange> control, List<RecordedExchange> candidate) {
    Map<String, Deque<RecordedExchange>> waiting = new HashMap<>();
    for (RecordedExchange one : candidate) {
      waiting.computeIfAbsent(one.title(), any -> new ArrayDeque<>()).add(one);
    }
    List<Pair> pairs = new ArrayList<>();
    List<Unpaired> unpaired = new ArrayList<>();
    Set<RecordedExchange> taken = Collections.newSetFromMap(new IdentityHashMap<>());
    for (RecordedExchange one : control) {
      RecordedExchange other = waiting.getOrDefault(one.title(), new ArrayDeque<>()).poll();
      if (other == null) {
        unpaired.add(new Unpaired(one.place(), one.title(), "only in the control's recording"));
      } else {
        taken.add(other);
        match(one, other, pairs, unpaired);
      }
    }
    for (RecordedExchange one : candidate) {
      if (!taken.contains(one)) {
        unpaired.add(new Unpaired(one.place(), one.title(), "only in the candidate's recording"));
      }
    }
    return new Pairing(pairs, unpaired);
  }

  private static Pairing replayed(List<RecordedExchange> exchanges) {
    List<Pair> pairs = new ArrayList<>();
    List<Unpaired> unpaired = new ArrayList<>();
    for (RecordedExchange one : exchanges) {
      if (one.original().isPresent() && one.replayed().isPresent()) {
        pairs.add(
            new Pair(
                one.title(),
                one.request(),
                one.place(),
                one.place(),
                one.original().get(),
                one.replayed().get()));
      } else {
        unpaired.add(
            new Unpaired(
                one.place(),
                one.title(),
                one.original().isPresent() ? "no replayed answer" : "no original answer"));
      }
    }
    return new Pairing(pairs, unpaired);
  }

  private static void match(
      RecordedExchange control,
      RecordedExchange candidate,
      List<Pair> pairs,
      List<Unpaired> unpaired) {
    if (control.answer().isEmpty() || candidate.answer().isEmpty()) {
      RecordedExchange without = control.answer().isEmpty() ? control : candidate;
      unpaired.add(new Unpaired(without.place(), without.title(), "a request without an answer"));
      return;
    }
    Optional<RequestCopy> request = control.request().or(candidate::request);
    pairs.add(
        new Pair(
            request.map(r -> r.method() + " " + r.target()).orElse(control.title()),
            request,
            control.place(),
            candidate.place(),
            control.answer().get(),
            candidate.answer().get()));
  }
}
