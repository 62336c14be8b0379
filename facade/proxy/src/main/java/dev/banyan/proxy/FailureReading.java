package dev.banyan.proxy;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;

/** Reads the library's exceptions. */
final class FailureReading {
  private FailureReading() {}

  /** No connection came about. */
  static ForwardFailure connecting(Throwable cause) {
    return switch (cause) {
      case ConnectionPoolTooBusyException full -> ForwardFailure.POOL_FULL;
      case ConnectTimeoutException slow -> ForwardFailure.CONNECT_TIMEOUT;
      case ConnectException refused -> ForwardFailure.CONNECT_REFUSED;
      case UnknownHostException unknown -> ForwardFailure.CONNECT_REFUSED;
      case NoRouteToHostException noRoute -> ForwardFailure.CONNECT_REFUSED;
      default -> ForwardFailure.CONNECT_REFUSED;
    };
  }

  /** The connection stood, the head of the answer did not come. */
  static ForwardFailure answering(Throwable cause) {
    return switch (cause) {
      case HttpClosedException closed -> ForwardFailure.RESET_BEFORE_ANSWER;
      case StreamResetException reset -> ForwardFailure.RESET_BEFORE_ANSWER;
      case DecoderException garbage -> ForwardFailure.BAD_ANSWER;
      case IOException reset -> ForwardFailure.RESET_BEFORE_ANSWER;
      default -> ForwardFailure.BAD_ANSWER;
    };
  }
}
