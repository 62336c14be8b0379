package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.rules.WritePolicy;
import dev.banyan.rules.WritePolicy.Writes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A facade between a client that writes, legacy, and a module that gets the writes too. */
final class WriteRig implements AutoCloseable {
  static final String CREATED = "HTTP/1.1 201 Created\r\nContent-Length: 3\r\n\r\nold";
  static final String DONE = "HTTP/1.1 201 Created\r\nContent-Length: 3\r\n\r\nnew";
  static final String EMPTY = "Content-Length: 0\r\n\r\n";
  static final Duration LONG = Duration.ofMinutes(1);
  private static final Pattern KEY = Pattern.compile("\r\nIdempotency-Key: (\\S+)\r\n");

  private final Rig rig = new Rig();
  private final List<String> bodies = new CopyOnWriteArrayList<>();

  Rig rig() {
    return rig;
  }

  /** Bodies that the module got. */
  List<String> bodies() {
    return bodies;
  }

  @Override
  public void close() {
    rig.close();
  }

  /** Answers each request in turn; the last answer again and again; an empty one is a reset. */
  ScriptedUpstream answering(String... answers) {
    AtomicInteger asked = new AtomicInteger();
    return new ScriptedUpstream(
        (line, head) -> {
          bodies.add(line.body(head));
          String answer = answers[Math.min(asked.getAndIncrement(), answers.length - 1)];
          if (answer.isEmpty()) {
            line.reset();
          } else {
            line.write(answer);
          }
        });
  }

  ScriptedUpstream candidate(
      Writes writes, Duration retryFor, String legacyAnswers, String... answers) {
    ScriptedUpstream legacy =
        rig.beside(
            new ScriptedUpstream(
                (line, head) -> {
                  line.body(head);
                  line.write(legacyAnswers);
                }));
    ScriptedUpstream candidate = answering(answers);
    return rig.serving(
        candidate,
        Decisions.writing(
            legacy.upstream(), candidate.upstream(), new WritePolicy(writes, retryFor)));
  }

  RawClient.Answer post(String... lines) {
    return send(rig.client(), lines).answer();
  }

  static RawClient send(RawClient client, String... lines) {
    StringBuilder head = new StringBuilder("POST /orders HTTP/1.1\r\nHost: shop.example\r\n");
    for (String line : lines) {
      head.append(line).append("\r\n");
    }
    return client.send(head + "Content-Length: 5\r\n\r\norder");
  }

  static String key(String head) {
    Matcher key = KEY.matcher(head);
    assertThat(key.find()).as(head).isTrue();
    return key.group(1);
  }

  void nothingIsHeld() {
    await()
        .until(
            () ->
                rig.facade().shadowsInFlight() == 0
                    && rig.facade().shadowBytes() == 0
                    && rig.facade().writesPending() == 0);
  }
}
