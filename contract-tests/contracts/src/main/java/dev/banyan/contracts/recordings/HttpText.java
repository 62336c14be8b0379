package dev.banyan.contracts.recordings;

import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests and answers from the bytes of HTTP/1. */
final class HttpText {
  /** Targets with spaces are no targets, yet clients send them and recorders keep them. */
  private static final Pattern REQUEST_LINE =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]{1,40}) (\\S|\\S.*\\S) HTTP/\\d\\.\\d");

  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/\\d(?:\\.\\d)? (\\d{3})(?: .*)?");

  private final Caps caps;

  HttpText(Caps caps) {
    this.caps = caps;
  }

  /**
   * A request and the bytes after it.
   *
   * @param after what follows the request's body
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Asked(RequestCopy request, byte[] after) {}

  /** Whether the bytes begin as an answer does. */
  static boolean isAnswer(byte[] bytes) {
    return bytes.length >= 5
        && bytes[0] == 'H'
        && bytes[1] == 'T'
        && bytes[2] == 'T'
        && bytes[3] == 'P'
        && bytes[4] == '/';
  }

  Asked request(String place, byte[] bytes) throws UnreadableRecording {
    RawMessage message = RawMessage.read(place, bytes, caps);
    Matcher line = REQUEST_LINE.matcher(message.start());
    if (!line.matches()) {
      throw new UnreadableRecording(
          place, "request line", message.start(), "METHOD target HTTP/1.1");
    }
    RawBody body = RawBody.of(message.rest(), message.headers(), RawBody.Unframed.EMPTY, caps);
    Body kept = body.body() == null ? new Body.NotKept() : body.body();
    RequestCopy request = new RequestCopy(line.group(1), line.group(2), message.headers(), kept);
    return new Asked(
        request, Arrays.copyOfRange(message.rest(), body.used(), message.rest().length));
  }

  /**
   * The final answer; interim ones before it are passed over. One that was cut is a failure.
   *
   * @param method of the request, for the answer to HEAD has no body whatever its head says
   */
  Observation answer(String place, byte[] bytes, String method, Duration took)
      throws UnreadableRecording {
    if (bytes.length == 0) {
      return new Observation.Failed("no-answer", took);
    }
    RawMessage message = RawMessage.read(place, bytes, caps);
    int status = status(place, message);
    while (status < 200 && status != 101) {
      if (!isAnswer(message.rest())) {
        return new Observation.Failed("no-answer", took);
      }
      message = RawMessage.read(place, message.rest(), caps);
      status = status(place, message);
    }
    boolean bodiless = method.equals("HEAD") || status == 204 || status == 304 || status == 101;
    Body body =
        bodiless
            ? Body.EMPTY
            : RawBody.of(message.rest(), message.headers(), RawBody.Unframed.TO_THE_END, caps)
                .body();
    if (body == null) {
      return new Observation.Failed("answer-cut", took);
    }
    return new Observation.Answered(status, message.headers(), body, Headers.NONE, took, took);
  }

  private static int status(String place, RawMessage message) throws UnreadableRecording {
    Matcher line = STATUS_LINE.matcher(message.start());
    int status = line.matches() ? Integer.parseInt(line.group(1)) : 0;
    if (status < 100 || status > 599) {
      throw new UnreadableRecording(place, "status line", message.start(), "HTTP/1.1 200 OK");
    }
    return status;
  }
}
