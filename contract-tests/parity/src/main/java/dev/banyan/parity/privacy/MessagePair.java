package dev.banyan.parity.privacy;

import com.google.protobuf.Descriptors.Descriptor;
import dev.banyan.parity.Bodies;
import dev.banyan.parity.Body;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.parity.body.Content;
import dev.banyan.parity.body.ContentCoding;
import dev.banyan.parity.body.MediaType;
import dev.banyan.parity.body.MessageCoding;
import dev.banyan.parity.body.Model;
import dev.banyan.parity.body.Models;
import dev.banyan.parity.json.Json;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.ProtobufTypes;
import dev.banyan.rules.protobuf.DescriptorSet;
import java.util.List;
import java.util.Optional;

/**
 * Two bodies that the comparer reads as messages of protobuf, read as it does: as what the control
 * calls its own.
 *
 * @param root how their locations begin
 * @param type of the messages; empty where they were read by their tags
 * @param set what it was found in
 */
record MessagePair(
    String root,
    Json control,
    Json candidate,
    Optional<Descriptor> type,
    Optional<DescriptorSet> set) {

  /** Empty where one of them is none, or nothing finer than bytes. */
  static Optional<MessagePair> read(
      CompareProfile profile,
      RequestCopy request,
      Observation.Answered control,
      Observation.Answered candidate) {
    Optional<MediaType> media = control.headers().first("content-type").flatMap(MediaType::parse);
    if (media.filter(Models::mayHoldMessages).isEmpty()) {
      return Optional.empty();
    }
    Models models = new Models(profile);
    Optional<Descriptor> type = models.messageType(media, request.target());
    Optional<Model.Values> left = values(models, media, type, control);
    Optional<Model.Values> right = values(models, media, type, candidate);
    if (left.isEmpty() || right.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new MessagePair(
            left.get().root(),
            left.get().json(),
            right.get().json(),
            type,
            profile.protobuf().map(ProtobufTypes::set)));
  }

  private static Optional<Model.Values> values(
      Models models,
      Optional<MediaType> media,
      Optional<Descriptor> type,
      Observation.Answered answer) {
    return content(answer)
        .map(content -> models.read(media, type, content))
        .filter(Model.Values.class::isInstance)
        .map(Model.Values.class::cast);
  }

  /** Without the codings of the content and of single messages. */
  private static Optional<Content> content(Observation.Answered answer) {
    Observation.Answered plain = Bodies.decoded(answer);
    boolean coded = !ContentCoding.codings(plain.headers().values("content-encoding")).isEmpty();
    List<String> ofMessages = ContentCoding.codings(plain.headers().values("grpc-encoding"));
    return !coded
            && plain.body() instanceof Body.Whole(byte[] bytes)
            && MessageCoding.decode(ofMessages, bytes)
                instanceof ContentCoding.Outcome.Decoded(byte[] messages)
        ? Optional.of(new Content(messages, plain.headers().first("content-type").orElse("")))
        : Optional.empty();
  }
}
