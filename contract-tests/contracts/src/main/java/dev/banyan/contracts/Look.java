package dev.banyan.contracts;

import dev.banyan.parity.Bodies;
import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.rules.MethodOverride;
import dev.banyan.rules.ShadowPolicy;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What a recorder makes of one exchange. */
sealed interface Look {
  /**
   * It may be kept, reduced to what may be written.
   *
   * @param original what the request was, to be sent once more and never written; none where that
   *     might change something
   */
  record Kept(RequestCopy request, Observation.Answered answer, Optional<RequestCopy> original)
      implements Look {
    long size() {
      return Sighting.size(request, answer, original);
    }
  }

  /** It may not. */
  record Left(LeftOut why) implements Look {}

  int NOT_MODIFIED = 304;

  static Look at(RequestCopy request, Observation answer) {
    if (!(answer instanceof Observation.Answered answered)
        || !(request.body() instanceof Body.Whole asked)) {
      return new Left(LeftOut.NOT_WHOLE);
    }
    if (answered.status() == NOT_MODIFIED) {
      return new Left(LeftOut.NOT_MODIFIED);
    }
    if (hasTrailers(answered)) {
      return new Left(LeftOut.TRAILERS);
    }
    Observation.Answered plain = Bodies.decoded(answered);
    if (!(plain.body() instanceof Body.Whole content)) {
      return new Left(LeftOut.NOT_WHOLE);
    }
    if (Secrets.inTarget(request.target())
        || Secrets.inRequest(asked)
        || Secrets.inAnswer(content)
        || plain.headers().values("location").stream().anyMatch(Secrets::inTarget)) {
      return new Left(LeftOut.CREDENTIAL);
    }
    return kept(request, asked, plain);
  }

  private static Kept kept(RequestCopy request, Body.Whole asked, Observation.Answered plain) {
    RequestCopy written = with(request, KeptHeaders.ofRequest(request.headers()), asked);
    boolean again =
        ShadowPolicy.SAFE_METHODS.contains(request.method())
            && !MethodOverride.isAsked(name -> request.headers().first(name).isPresent());
    return new Kept(
        written,
        new Observation.Answered(
            plain.status(),
            KeptHeaders.ofAnswer(plain.headers()),
            plain.body(),
            Headers.NONE,
            Duration.ZERO,
            Duration.ZERO),
        again
            ? Optional.of(with(request, KeptHeaders.toAskAgain(request.headers()), asked))
            : Optional.empty());
  }

  private static RequestCopy with(RequestCopy request, Headers headers, Body body) {
    return new RequestCopy(request.method(), request.target(), headers, body);
  }

  /** Also those that an empty answer of gRPC has among its headers. */
  private static boolean hasTrailers(Observation.Answered answer) {
    String type = answer.headers().first("content-type").orElse("").toLowerCase(Locale.ROOT);
    boolean grpc = type.matches("application/grpc(?:[+;\\s].*)?");
    return grpc || !answer.trailers().fields().isEmpty();
  }
}
