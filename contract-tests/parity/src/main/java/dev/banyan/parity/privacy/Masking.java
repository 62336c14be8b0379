package dev.banyan.parity.privacy;

import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.parity.json.Json;
import dev.banyan.rules.PrivateFields;
import java.util.Optional;

/**
 * Puts pseudonyms in the place of what is private: by its place, because the rule set says so or it
 * is a credential; or by its looks: e-mail addresses, account, card and phone numbers, national
 * ids. Equal values become equal pseudonyms, so two masked observations differ where the originals
 * do. Immutable, any thread.
 *
 * @see <a href="../../../../../../../../../docs/reference/private-data.md">private-data.md</a>
 */
public final class Masking {
  private final Contents contents;
  private final Forms forms;
  private final Fields fields;
  private final Payloads payloads;
  private final MessageMasking messages;

  private Masking(byte[] key, PrivateFields configured) {
    this.contents = new Contents(key, configured);
    this.forms = new Forms(contents);
    this.fields = new Fields(contents, forms);
    this.payloads = new Payloads(contents, forms, fields);
    this.messages = new MessageMasking(contents);
  }

  /**
   * @param key whoever has it can tell which pseudonym belongs to a value; 32 random bytes
   * @param configured what the rule set calls private
   */
  public static Masking with(byte[] key, PrivateFields configured) {
    return new Masking(key.clone(), configured);
  }

  /** An answer without its content coding, or the failure itself. */
  public Observation observation(Observation observation) {
    return observation instanceof Observation.Answered answered ? answer(answered) : observation;
  }

  /** Status, type and form of the body stay; a binary body is not kept. */
  public Observation.Answered answer(Observation.Answered answer) {
    return new Observation.Answered(
        answer.status(),
        headers(answer.headers()),
        body(answer.body(), answer.headers()),
        fields.mask(answer.trailers()),
        answer.firstByte(),
        answer.duration());
  }

  /** What was read of bodies that are not kept as bytes; empty where it is too large. */
  Optional<Body.Messages> messages(MessagePair pair, Json side) {
    return messages.mask(pair, side);
  }

  public RequestCopy request(RequestCopy request) {
    return new RequestCopy(
        request.method(),
        target(request.target()),
        headers(request.headers()),
        body(request.body(), request.headers()));
  }

  /** Path and query, raw; a path alone likewise. */
  public String target(String target) {
    return forms.target(target);
  }

  /** What looks private in a text that is of no known form. */
  public String text(String text) {
    return contents.text(text);
  }

  /** All letters and digits of a text. */
  public String whole(String text) {
    return contents.pseudonyms().of(text);
  }

  private Headers headers(Headers headers) {
    return new Headers(
        fields.mask(headers).fields().stream()
            .filter(field -> !field.name().equalsIgnoreCase("content-encoding"))
            .toList());
  }

  private Body body(Body body, Headers headers) {
    return body instanceof Body.Whole(byte[] bytes)
        ? new Body.Whole(payloads.mask(bytes, headers))
        : body;
  }
}
