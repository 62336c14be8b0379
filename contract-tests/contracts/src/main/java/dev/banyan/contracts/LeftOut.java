package dev.banyan.contracts;

import java.util.Locale;

/** Why something that was seen is not in a contract. */
public enum LeftOut {
  /** As many distinct requests are kept as were wanted. */
  LIMIT,
  /** All that is kept comes to {@link ContractRecorder#MAX_BYTES}. */
  BYTES,
  /** There was no answer, or it or the request was not kept whole. */
  NOT_WHOLE,
  /** A 304, which has no content. */
  NOT_MODIFIED,
  /** A credential stands elsewhere than in a header, so the request could not be sent again. */
  CREDENTIAL,
  /** The answer ends with trailers, as those of gRPC do, which {@link RequestSender} cannot see. */
  TRAILERS,
  /** Legacy refused, where it had answered the same request before. */
  REFUSAL,
  /** Asked again, legacy answered with another status or another shape. */
  OTHER_ANSWER,
  /** The same request is kept as it was answered to somebody with more credentials. */
  FEWER_CREDENTIALS,
  /** What names the data that is asked for, or that is answered, is private. */
  PRIVATE;

  /** As in REST, CLI and docs: {@code not-whole}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
