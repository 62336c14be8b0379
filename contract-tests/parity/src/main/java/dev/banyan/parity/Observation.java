package dev.banyan.parity;

import java.time.Duration;

/** What one side answered, or how it failed. Immutable. */
public sealed interface Observation {

  /** From the request sent to the end of the answer, or to the failure. */
  Duration duration();

  /**
   * An answer that arrived whole (its body may have been too large to keep).
   *
   * @param status 200 to 599
   * @param duration to the end of the body
   * @param firstByte from the request sent to the head of the answer
   */
  record Answered(
      int status,
      Headers headers,
      Body body,
      Headers trailers,
      Duration firstByte,
      Duration duration)
      implements Observation {}

  /**
   * No whole answer.
   *
   * @param failure its name, from a bounded list: {@code connect-refused}, {@code answer-timeout}…
   */
  record Failed(String failure, Duration duration) implements Observation {}
}
