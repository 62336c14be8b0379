package dev.banyan.proxy;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.vertx.core.file.FileSystemException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** How forwarding can fail: phase by side, with the word that metrics, logs and problems use. */
enum ForwardFailure {
  CONNECT_REFUSED(Phase.CONNECT, Party.UPSTREAM, "connect-refused", 502),
  /** The connection ended before it stood, and nobody refused it: an event of the machine's own. */
  CONNECT_LOST(Phase.CONNECT, Party.FACADE, "connect-lost", 502),
  CONNECT_TIMEOUT(Phase.CONNECT, Party.UPSTREAM, "connect-timeout", 504),
  TLS_FAILED(Phase.CONNECT, Party.UPSTREAM, "tls-failed", 502),
  POOL_FULL(Phase.CONNECT, Party.FACADE, "pool-full", 503),
  IN_FLIGHT_FULL(Phase.CONNECT, Party.FACADE, "in-flight-full", 503),
  BREAKER_OPEN(Phase.CONNECT, Party.FACADE, "breaker-open", 503),
  NONE_WELL(Phase.CONNECT, Party.FACADE, "none-well", 503),
  BODY_TOO_LARGE(Phase.CONNECT, Party.CLIENT, "body-too-large", 413),
  BODY_NOT_KEPT(Phase.CONNECT, Party.FACADE, "body-not-kept", 503),
  RESET_BEFORE_ANSWER(Phase.HEAD, Party.UPSTREAM, "reset-before-answer", 502),
  BAD_ANSWER(Phase.HEAD, Party.UPSTREAM, "bad-answer", 502),
  ANSWER_TIMEOUT(Phase.HEAD, Party.UPSTREAM, "answer-timeout", 504),
  CUT_ANSWER(Phase.BODY, Party.UPSTREAM, "cut-answer", 502),
  CLIENT_LEFT(Phase.BODY, Party.CLIENT, "client-left", 499);

  enum Phase {
    CONNECT,
    HEAD,
    BODY
  }

  enum Party {
    CLIENT,
    FACADE,
    UPSTREAM
  }

  private final Phase phase;
  private final Party party;
  private final String word;
  private final int status;

  ForwardFailure(Phase phase, Party party, String word, int status) {
    this.phase = phase;
    this.party = party;
    this.word = word;
    this.status = status;
  }

  Phase phase() {
    return phase;
  }

  Party party() {
    return party;
  }

  String word() {
    return word;
  }

  /** What the client is told while the head has not gone out; 499 is told to nobody. */
  int status() {
    return status;
  }

  /** Why no connection was had. */
  static ForwardFailure whileConnecting(Throwable cause) {
    return switch (cause) {
      case ConnectionPoolTooBusyException e -> POOL_FULL;
      case ConnectTimeoutException e -> CONNECT_TIMEOUT;
      case TimeoutException e -> POOL_FULL;
      // The kernel took the connection, and nobody behind it speaks.
      case SSLException e when e.getCause() instanceof SslHandshakeTimeoutException ->
          CONNECT_TIMEOUT;
      case Http2Exception e when e.error() == Http2Error.SETTINGS_TIMEOUT -> CONNECT_TIMEOUT;
      case ConnectException e -> CONNECT_REFUSED;
      case ClosedChannelException e -> CONNECT_LOST;
      case UnknownHostException e -> CONNECT_REFUSED;
      case SSLException e -> TLS_FAILED;
      // A certificate or key that the rule names and that is not there.
      case FileSystemException e -> TLS_FAILED;
      default -> CONNECT_REFUSED;
    };
  }

  /** Why a request that was sent got no head of an answer. */
  static ForwardFailure beforeAnswer(Throwable cause) {
    if (cause instanceof IOException
        || cause instanceof HttpClosedException
        || cause instanceof StreamResetException
        || (cause instanceof Http2Exception never && never.error() == Http2Error.REFUSED_STREAM)) {
      return RESET_BEFORE_ANSWER;
    }
    return BAD_ANSWER;
  }
}
