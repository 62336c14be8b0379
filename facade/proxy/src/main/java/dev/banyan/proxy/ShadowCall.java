package dev.banyan.proxy;

import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.proxy.outgoing.Asked;
import dev.banyan.proxy.outgoing.Copy;
import dev.banyan.proxy.upstream.Loss;
import dev.banyan.rules.Decision;
import dev.banyan.rules.MethodOverride;
import dev.banyan.rules.ShadowPolicy;
import dev.banyan.rules.ShadowPolicy.Credentials;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One copy under way: at its deadline it ends, whatever the candidate does. */
final class ShadowCall implements Copy, Deadlines.Waiting {
  private static final byte[] NOTHING = {};
  static final Set<String> CREDENTIALS = Set.of("cookie", "authorization", "proxy-authorization");

  private final ShadowSender sender;
  private final ShadowSender.Job job;
  private final Decision.Mirror mirror;
  private final CandidatePace pace;
  private final Consumer<ShadowedExchange> ending;
  private final UpstreamClient client;
  private final BodyTee tee;
  private final long began = System.nanoTime();
  private @Nullable Asked stream;
  private @Nullable MultiMap headers;
  private @Nullable String trace;
  private int status;
  private long firstByte;
  private boolean done;
  private boolean retried;

  /**
   * @param pace entered; left when the call is over, before {@code ending} is told
   * @param ending is told once, with what became of it
   */
  ShadowCall(
      ShadowSender sender,
      ShadowSender.Job job,
      Decision.Mirror mirror,
      CandidatePace pace,
      Consumer<ShadowedExchange> ending) {
    this.ending = ending;
    this.sender = sender;
    this.job = job;
    this.mirror = mirror;
    this.pace = pace;
    this.client = sender.upstreams().of(mirror.upstream());
    this.tee = new BodyTee(mirror.policy().maxBody(), sender.budget());
  }

  void start() {
    client.begin();
    sender.deadlines().add(this);
    send();
  }

  private void send() {
    stream = client.send(this, sender.random());
  }

  @Override
  public String method() {
    return job.request().method();
  }

  @Override
  public String target() {
    return job.request().target();
  }

  @Override
  public void fields(Fields to) {
    boolean drop = mirror.policy().credentials() == Credentials.DROP;
    for (Map.Entry<String, String> field : job.capture().sentHeaders()) {
      String name = FieldNames.lower(field.getKey());
      if (name.equals("traceparent")) {
        to.add(field.getKey(), ownTrace(field.getValue()));
      } else if (!HopByHop.stays(name, Set.of())
          && !name.equals("expect")
          && !CopyMark.replaces(name, job.key())
          && !(drop && CREDENTIALS.contains(name))) {
        to.add(field.getKey(), field.getValue());
      }
    }
    CopyMark.write(mirror.writes(), job.key(), to);
  }

  @Override
  public byte[] body() {
    return job.request().body() instanceof Body.Whole(byte[] bytes) ? bytes : NOTHING;
  }

  @Override
  public boolean isChunked() {
    return job.capture().wasSentInChunks();
  }

  private String ownTrace(String sent) {
    String apart = sender.sink().tracing().apart(sent, sender.random());
    trace = apart;
    return apart;
  }

  private RequestFacts facts() {
    RequestCopy copy = job.request();
    String cause = job.capture().sentHeaders().get(FieldNames.TRACEPARENT);
    return new RequestFacts(copy.method(), copy.target(), null, cause, trace, 0, 0);
  }

  @Override
  public void unreached(Throwable cause) {
    if (done) {
      return;
    }
    fail(ForwardFailure.whileConnecting(cause));
  }

  /**
   * A kept-alive connection that the candidate closed under the copy says nothing about the
   * candidate, nor does one it did nothing with: such copies are sent once more, as live requests
   * are.
   */
  @Override
  public void lost(Throwable cause, Loss loss) {
    if (done) {
      return;
    }
    ForwardFailure failure = ForwardFailure.beforeAnswer(cause);
    if (headers != null) {
      fail(ForwardFailure.CUT_ANSWER);
    } else if (failure == ForwardFailure.RESET_BEFORE_ANSWER
        && !retried
        && !sender.isStopped()
        && (loss == Loss.UNTAKEN || (loss == Loss.KEPT && isRepeatable()))) {
      retried = true;
      send();
    } else {
      fail(failure);
    }
  }

  private boolean isRepeatable() {
    return job.request().body() instanceof Body.Whole(byte[] bytes)
        && bytes.length == 0
        && ShadowPolicy.SAFE_METHODS.contains(job.request().method())
        && !MethodOverride.isAsked(name -> job.request().headers().first(name).isPresent());
  }

  @Override
  public void answered(int answerStatus, MultiMap answerHeaders) {
    if (done) {
      return;
    }
    if (!AnswerGate.passes(answerStatus, answerHeaders)) {
      fail(ForwardFailure.BAD_ANSWER);
      return;
    }
    status = answerStatus;
    headers = answerHeaders;
    firstByte = System.nanoTime();
    if (!"HEAD".equals(method())) {
      tee.announce(answerHeaders.get(HttpHeaders.CONTENT_LENGTH));
    }
    endIfEnough(answerHeaders);
  }

  @Override
  public void chunk(byte[] chunk) {
    MultiMap came = headers;
    if (came != null && !done) {
      tee.take(chunk);
      endIfEnough(came);
    }
  }

  /** What is too long is not wanted, and its connection goes. */
  private void endIfEnough(MultiMap came) {
    if (tee.tooLarge() || tee.hadNoRoom()) {
      cut();
      finish(false);
      end(tee.hadNoRoom() ? noRoom() : answer(came, Headers.NONE));
    }
  }

  @Override
  public void whole(MultiMap trailers) {
    MultiMap came = headers;
    if (came != null && !done) {
      finish(true);
      end(answer(came, Heads.copy(trailers)));
    }
  }

  private ShadowedExchange noRoom() {
    return new ShadowedExchange.Skipped(job.decision(), "bytes-full");
  }

  private ShadowedExchange answer(MultiMap came, Headers trailers) {
    return pair(
        new Observation.Answered(
            status,
            Heads.copy(came),
            tee.body(),
            trailers,
            since(firstByte),
            since(System.nanoTime())));
  }

  private void fail(ForwardFailure failure) {
    cut();
    finish(false);
    end(pair(new Observation.Failed(failure.word(), since(System.nanoTime()))));
  }

  private void cut() {
    if (stream != null) {
      stream.cut();
    }
  }

  @Override
  public void check(long now) {
    if (!done && now - began > mirror.policy().timeout().toNanos()) {
      if (stream != null) {
        stream.doubt();
      }
      fail(ForwardFailure.ANSWER_TIMEOUT);
    }
  }

  private ShadowedExchange pair(Observation candidate) {
    return new ShadowedExchange.Pair(
        job.decision(), job.request(), job.control(), candidate, facts());
  }

  private Duration since(long nanos) {
    return Duration.ofNanos(nanos - began);
  }

  private void finish(boolean answered) {
    done = true;
    pace.leave(answered, System.nanoTime());
    client.end();
    sender.deadlines().remove(this);
  }

  private void end(ShadowedExchange outcome) {
    tee.release();
    ending.accept(outcome);
  }
}
