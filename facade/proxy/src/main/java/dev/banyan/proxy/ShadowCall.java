package dev.banyan.proxy;

import dev.banyan.parity.Body;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.rules.Decision;
import dev.banyan.rules.MethodOverride;
import dev.banyan.rules.ShadowPolicy;
import dev.banyan.rules.ShadowPolicy.Credentials;
import io.vertx.core.AsyncResult;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One copy under way: at its deadline it ends, whatever the candidate does. */
final class ShadowCall implements Deadlines.Waiting {
  static final Set<String> CREDENTIALS = Set.of("cookie", "authorization", "proxy-authorization");

  private final ShadowSender sender;
  private final ShadowSender.Job job;
  private final Decision.Mirror mirror;
  private final CandidatePace pace;
  private final Consumer<ShadowedExchange> ending;
  private final UpstreamClient client;
  private final BodyTee tee;
  private final long began = System.nanoTime();
  private @Nullable HttpClientRequest request;
  private @Nullable HttpClientResponse answer;
  private @Nullable String trace;
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
    client.request(job.method(), job.request().target(), sender.random()).onComplete(this::opened);
  }

  private void opened(AsyncResult<HttpClientRequest> result) {
    if (result.failed()) {
      fail(ForwardFailure.whileConnecting(result.cause()));
      return;
    }
    HttpClientRequest to = result.result();
    if (done) {
      EndpointPool.giveBack(to);
      return;
    }
    request = to;
    head(to.headers());
    if (client.http2() && Http2.isSpokenOn(to.connection())) {
      Http2.headTo(to);
    }
    to.exceptionHandler(e -> lost(to, e));
    to.response().onComplete(came -> answered(to, came));
    boolean framed = job.capture().sentHeaders().contains(HttpHeaders.TRANSFER_ENCODING);
    if (job.request().body() instanceof Body.Whole(byte[] bytes) && (bytes.length > 0 || framed)) {
      to.setChunked(!to.headers().contains(HttpHeaders.CONTENT_LENGTH));
      to.end(Buffer.buffer(bytes));
    } else {
      to.end();
    }
  }

  private void head(MultiMap to) {
    boolean drop = mirror.policy().credentials() == Credentials.DROP;
    for (Map.Entry<String, String> field : job.capture().sentHeaders()) {
      String name = FieldNames.lower(field.getKey());
      if (name.equals("traceparent")) {
        to.add(field.getKey(), ownTrace(field.getValue()));
      } else if (!HopByHop.stays(name, Set.of())
          && !name.equals("expect")
          && !(drop && CREDENTIALS.contains(name))) {
        to.add(field.getKey(), field.getValue());
      }
    }
    CopyMark.write(mirror.writes(), job.key(), to);
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

  /**
   * A kept-alive connection that the candidate closed under the copy says nothing about the
   * candidate, nor does one it did nothing with: such copies are sent once more, as live requests
   * are.
   */
  private void lost(HttpClientRequest from, Throwable cause) {
    if (done || request != from) {
      return;
    }
    ForwardFailure failure = ForwardFailure.beforeAnswer(cause);
    Loss loss = Loss.of(from, cause);
    if (failure == ForwardFailure.RESET_BEFORE_ANSWER
        && !retried
        && !sender.isStopped()
        && answer == null
        && (loss == Loss.UNTAKEN || (loss == Loss.KEPT && isRepeatable()))) {
      retried = true;
      request = null;
      client
          .request(job.method(), job.request().target(), sender.random())
          .onComplete(this::opened);
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

  private void answered(HttpClientRequest to, AsyncResult<HttpClientResponse> result) {
    if (done) {
      return;
    }
    if (result.failed()) {
      lost(to, result.cause());
      return;
    }
    HttpClientResponse from = result.result();
    if (!AnswerGate.passes(from)) {
      fail(ForwardFailure.BAD_ANSWER);
      return;
    }
    answer = from;
    firstByte = System.nanoTime();
    from.exceptionHandler(e -> fail(ForwardFailure.CUT_ANSWER));
    if (!"HEAD".equals(job.request().method())) {
      tee.announce(from.getHeader(HttpHeaders.CONTENT_LENGTH));
    }
    if (tee.tooLarge()) {
      whole(from);
      return;
    }
    from.handler(
        chunk -> {
          tee.take(chunk);
          if (tee.tooLarge() || tee.hadNoRoom()) {
            whole(from);
          }
        });
    from.endHandler(v -> whole(from));
  }

  /** The answer is there, or as much of it as is wanted: then its connection goes. */
  private void whole(HttpClientResponse from) {
    if (done) {
      return;
    }
    boolean kept = !tee.tooLarge() && !tee.hadNoRoom();
    finish(kept);
    if (!kept) {
      UpstreamClient.cut(request);
    }
    if (tee.hadNoRoom()) {
      end(new ShadowedExchange.Skipped(job.decision(), "bytes-full"));
      return;
    }
    end(
        pair(
            new Observation.Answered(
                from.statusCode(),
                Heads.copy(from.headers()),
                tee.body(),
                Heads.copy(from.trailers()),
                since(firstByte),
                since(System.nanoTime()))));
  }

  private void fail(ForwardFailure failure) {
    if (done) {
      return;
    }
    finish(false);
    UpstreamClient.cut(request);
    ForwardFailure told =
        answer != null && failure != ForwardFailure.ANSWER_TIMEOUT
            ? ForwardFailure.CUT_ANSWER
            : failure;
    end(pair(new Observation.Failed(told.word(), since(System.nanoTime()))));
  }

  @Override
  public void check(long now) {
    if (now - began > mirror.policy().timeout().toNanos()) {
      UpstreamClient.doubt(request);
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
