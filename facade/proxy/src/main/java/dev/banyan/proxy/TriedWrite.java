package dev.banyan.proxy;

import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import java.util.Optional;
import java.util.Set;

/** What one try to carry out a write on the migrated side came to. */
record TriedWrite(Result result, String reason) {
  /** Whether another try could end otherwise. */
  enum Result {
    DONE,
    REFUSED,
    AGAIN
  }

  /** The codes of gRPC that invite another try, or do not say that nothing was done. */
  private static final Set<String> GRPC_AGAIN = Set.of("2", "4", "8", "10", "13", "14");

  private static final int TIMED_OUT = 408;
  private static final int CONFLICT = 409;
  private static final int TOO_EARLY = 425;
  private static final int TOO_MANY = 429;

  static TriedWrite of(ShadowedExchange outcome) {
    return switch (outcome) {
      case ShadowedExchange.Skipped skipped -> new TriedWrite(Result.AGAIN, skipped.reason());
      case ShadowedExchange.Pair pair -> of(pair.candidate());
    };
  }

  private static TriedWrite of(Observation candidate) {
    return switch (candidate) {
      case Observation.Failed failed -> new TriedWrite(Result.AGAIN, failed.failure());
      case Observation.Answered answer -> of(answer);
    };
  }

  private static TriedWrite of(Observation.Answered answer) {
    int status = answer.status();
    if (CarriedOut.isSuccess(status)) {
      return grpc(answer);
    }
    boolean again =
        status >= 500
            || status == TIMED_OUT
            || status == TOO_EARLY
            || status == TOO_MANY
            // The first request of the key is still at work; without the field it is a verdict.
            || (status == CONFLICT && answer.headers().first("retry-after").isPresent());
    return new TriedWrite(again ? Result.AGAIN : Result.REFUSED, status / 100 + "xx");
  }

  private static TriedWrite grpc(Observation.Answered answer) {
    Optional<String> code = grpcStatus(answer.trailers());
    if (code.isEmpty()) {
      code = grpcStatus(answer.headers());
    }
    if (code.isEmpty() || code.get().equals("0")) {
      return new TriedWrite(Result.DONE, "2xx");
    }
    return new TriedWrite(
        GRPC_AGAIN.contains(code.get()) ? Result.AGAIN : Result.REFUSED, "grpc-status");
  }

  private static Optional<String> grpcStatus(Headers fields) {
    return fields.first("grpc-status");
  }
}
