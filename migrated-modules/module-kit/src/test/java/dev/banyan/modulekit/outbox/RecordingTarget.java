package dev.banyan.modulekit.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes events over, except for those of subjects that are to fail a number of times. */
@ApplicationScoped
class RecordingTarget implements EventTarget {

  private final List<OutboxEvent> taken = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();

  @Override
  public void deliver(OutboxEvent event) throws IOException {
    Integer left = failures.computeIfPresent(event.subject(), (subject, times) -> times - 1);
    if (left != null && left >= 0) {
      throw new IOException("as told");
    }
    taken.add(event);
  }

  void fails(String subject, int times) {
    failures.put(subject, times);
  }

  List<String> payloads(String subject) {
    return taken.stream()
        .filter(event -> event.subject().equals(subject))
        .map(OutboxEvent::payload)
        .toList();
  }

  List<OutboxEvent> events(String subject) {
    return taken.stream().filter(event -> event.subject().equals(subject)).toList();
  }
}
