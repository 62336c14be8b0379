package dev.banyan.proxy;

/**
 * Why a request was not answered whole: phase by side. The words are the same in observations,
 * metrics and logs.
 */
enum ForwardFailure {
  CONNECT_REFUSED("connect-refused", 502, "the system behind this address cannot be reached"),
  CONNECT_TIMEOUT(
      "connect-timeout", 504, "the system behind this address did not take the connection in time"),
  POOL_FULL("pool-full", 503, "too many requests are waiting for the system behind this address"),
  RESET_BEFORE_ANSWER(
      "reset-before-answer", 502, "the system behind this address ended the connection"),
  BAD_ANSWER("bad-answer", 502, "the system behind this address gave no valid answer"),
  ANSWER_TIMEOUT("answer-timeout", 504, "the system behind this address did not answer in time"),
  /** After the head of the answer has gone out: the client sees a cut connection. */
  CUT_ANSWER("cut-answer", 0, ""),
  STALLED_ANSWER("stalled-answer", 0, ""),
  /** The client's own doing. */
  CLIENT_LEFT("client-left", 0, "");

  private final String word;
  private final int status;
  private final String detail;

  ForwardFailure(String word, int status, String detail) {
    this.word = word;
    this.status = status;
    this.detail = detail;
  }

  String word() {
    return word;
  }

  /** What the client is told, where it can still be told. */
  Refusal refusal() {
    return new Refusal(status == 0 ? 502 : status, detail);
  }
}
