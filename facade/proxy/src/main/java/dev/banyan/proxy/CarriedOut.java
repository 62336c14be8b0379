package dev.banyan.proxy;

import dev.banyan.proxy.outgoing.Answer;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** Whether legacy did what a request asked for, as far as its answer tells. */
enum CarriedOut {
  YES,
  NO,
  UNKNOWN;

  private static final String GRPC_STATUS = "grpc-status";

  /** By a whole answer. */
  static CarriedOut by(Answer answer, MultiMap trailers) {
    if (!isSuccess(answer.status())) {
      return NO;
    }
    if (!isGrpc(answer)) {
      return YES;
    }
    String inTrailers = trailers.get(GRPC_STATUS);
    String status = inTrailers != null ? inTrailers : answer.headers().get(GRPC_STATUS);
    return "0".equals(status) ? YES : NO;
  }

  /** By what came before it ended otherwise. */
  static CarriedOut before(
      ForwardFailure failure, boolean sent, @Nullable Answer begun, Capture capture) {
    if (!sent || failure.phase() == ForwardFailure.Phase.CONNECT) {
      return NO;
    }
    if (begun != null) {
      if (!isSuccess(begun.status())) {
        return NO;
      }
      // Of gRPC only the trailers say it.
      return isGrpc(begun) ? UNKNOWN : YES;
    }
    return capture.requestTee().isWhole() ? UNKNOWN : NO;
  }

  static boolean isSuccess(int status) {
    return status >= 200 && status < 300;
  }

  private static boolean isGrpc(Answer answer) {
    String type = answer.headers().get(HttpHeaders.CONTENT_TYPE);
    return type != null && type.startsWith("application/grpc");
  }
}
