package dev.banyan.proxy;

import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** Whether legacy did what a request asked for, as far as its answer tells. */
enum CarriedOut {
  YES,
  NO,
  UNKNOWN;

  private static final String GRPC_STATUS = "grpc-status";

  /** By a whole answer. */
  static CarriedOut by(HttpClientResponse answer) {
    if (!isSuccess(answer.statusCode())) {
      return NO;
    }
    if (!isGrpc(answer)) {
      return YES;
    }
    String inTrailers = answer.trailers().get(GRPC_STATUS);
    String status = inTrailers != null ? inTrailers : answer.headers().get(GRPC_STATUS);
    return "0".equals(status) ? YES : NO;
  }

  /** By what came before it ended otherwise. */
  static CarriedOut before(
      ForwardFailure failure, @Nullable HttpClientRequest sent, Capture capture) {
    if (sent == null || failure.phase() == ForwardFailure.Phase.CONNECT) {
      return NO;
    }
    if (sent.response().succeeded()) {
      HttpClientResponse head = sent.response().result();
      if (!isSuccess(head.statusCode())) {
        return NO;
      }
      // Of gRPC only the trailers say it.
      return isGrpc(head) ? UNKNOWN : YES;
    }
    return capture.requestTee().isWhole() ? UNKNOWN : NO;
  }

  static boolean isSuccess(int status) {
    return status >= 200 && status < 300;
  }

  private static boolean isGrpc(HttpClientResponse answer) {
    String type = answer.getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null && type.startsWith("application/grpc");
  }
}
