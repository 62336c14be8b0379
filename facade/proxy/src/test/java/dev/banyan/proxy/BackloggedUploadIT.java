package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.Upstream;
import dev.banyan.rules.UpstreamPolicies;
import dev.banyan.rules.UpstreamTls;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An upstream that reads no more of a large upload, answers and is gone: what is to be written to
 * it fails while its answer still is to be read, and with the answer's last bytes may come the
 * reset.
 */
final class BackloggedUploadIT {
  /** More than the kernel takes of a body that an upstream does not read. */
  private static final int LARGE = 12 << 20;

  private static final String ENDS_WITH_CONNECTION = "HTTP/1.0 200 OK\r\n\r\nhello";

  @TempDir static Path folder;
  private static TestIdentity own;
  private static TestIdentity theirs;

  private final Rig rig = new Rig();
  private @Nullable ScriptedUpstream served;
  private final CountDownLatch loopHeld = new CountDownLatch(1);
  private final CountDownLatch answered = new CountDownLatch(1);

  @BeforeAll
  static void identities() throws Exception {
    own = TestIdentity.of(folder, "facade.example");
    theirs = TestIdentity.of(folder, "inner.example");
  }

  @AfterEach
  void close() {
    rig.close();
  }

  /** The facade's only event loop stands still while a path of {@code /hold} is decided. */
  private void serve(boolean tls, ScriptedUpstream.Script script) throws Exception {
    ScriptedUpstream upstream =
        rig.beside(
            tls
                ? ScriptedUpstream.overTls(script, theirs.believing(own))
                : new ScriptedUpstream(script));
    served = upstream;
    Upstream to = tls ? overTls(upstream.port()) : upstream.upstream();
    rig.deciding(
        (head, ticket) -> {
          if (head.path().equals("/hold")) {
            loopHeld.countDown();
            await(answered);
          }
          return Decisions.serve(to);
        });
  }

  private static Upstream overTls(int port) {
    UpstreamTls trust =
        new UpstreamTls(
            Optional.of(theirs.certificate()),
            Optional.empty(),
            Optional.empty(),
            Optional.of("inner.example"));
    return Upstream.of("tls", URI.create("https://127.0.0.1:" + port))
        .with(UpstreamPolicies.DEFAULT.with(trust));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(15, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A client that sends all of its body, whatever it is told. */
  private RawClient uploading() {
    RawClient client = rig.client();
    client.send("POST /up HTTP/1.1\r\nHost: h.test\r\nContent-Length: " + LARGE + "\r\n\r\n");
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                client.send("x".repeat(LARGE));
              } catch (UncheckedIOException gone) {
                // It was told before it had sent all.
              }
            });
    return client;
  }

  /** Says this and goes, all of it while the event loop looks elsewhere. */
  private ScriptedUpstream.Script sayingAtOnce(String answer) {
    return (line, head) -> {
      if (head.startsWith("POST ")) {
        await(loopHeld);
        line.write(answer);
        line.close(); // with bytes unread: a reset, as the kernel has it
        answered.countDown();
      }
    };
  }

  private RawClient uploadingToAHeldLoop() {
    RawClient client = uploading();
    ScriptedUpstream upstream = Objects.requireNonNull(served);
    Awaitility.await().until(() -> upstream.heads().size() == 1);
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500)); // until nothing goes on any more
    rig.client().get("/hold");
    return client;
  }

  @ParameterizedTest(name = "tls {0}")
  @ValueSource(booleans = {false, true})
  void itsResetIsNoEndOfAnAnswerThatEndsWithItsConnection(boolean tls) throws Exception {
    serve(
        tls,
        (line, head) -> {
          line.write(ENDS_WITH_CONNECTION);
          rig.awaitOnce();
          line.reset();
        });
    RawClient client = uploading();
    client.readUntil("hello");
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
    rig.release();
    assertThat(client.rest()).doesNotContain("0\r\n\r\n");
    assertThat(rig.kept().firstFailure()).isEqualTo("cut-answer");
  }

  @ParameterizedTest(name = "tls {0}")
  @ValueSource(booleans = {false, true})
  void norIsAResetThatComesWithTheAnswer(boolean tls) throws Exception {
    serve(tls, sayingAtOnce(ENDS_WITH_CONNECTION));
    assertThat(uploadingToAHeldLoop().rest()).contains("hello").doesNotContain("0\r\n\r\n");
    assertThat(rig.kept().firstFailure()).isEqualTo("cut-answer");
  }

  @ParameterizedTest(name = "tls {0}")
  @ValueSource(booleans = {false, true})
  void anAnswerThatCameWholeBeforeTheResetIsTheAnswer(boolean tls) throws Exception {
    serve(tls, sayingAtOnce("HTTP/1.1 401 No\r\nContent-Length: 5\r\n\r\nnever"));
    RawClient.Answer answer = uploadingToAHeldLoop().answer();
    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 401 No");
    assertThat(answer.body()).isEqualTo("never");
  }

  @ParameterizedTest(name = "tls {0}")
  @ValueSource(booleans = {false, true})
  void soIsOneInChunks(boolean tls) throws Exception {
    serve(
        tls,
        sayingAtOnce(
            "HTTP/1.1 413 Large\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nnever\r\n0\r\n\r\n"));
    RawClient.Answer answer = uploadingToAHeldLoop().answer();
    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 413 Large");
    assertThat(answer.body()).isEqualTo("5\r\nnever\r\n0\r\n\r\n");
  }
}
