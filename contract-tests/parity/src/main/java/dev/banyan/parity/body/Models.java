package dev.banyan.parity.body;

import com.google.protobuf.Descriptors.Descriptor;
import dev.banyan.parity.json.Json;
import dev.banyan.parity.json.JsonReader;
import dev.banyan.parity.xml.HtmlReader;
import dev.banyan.parity.xml.XmlOutcome;
import dev.banyan.parity.xml.XmlReader;
import dev.banyan.rules.CompareProfile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a body as what a media type calls it. */
public final class Models {
  /** Bytes of a page that are read as a tree: nodes of a page cost many times their bytes. */
  private static final int LARGEST_PAGE = 4 << 20;

  private static final int DECLARATION = 200;
  private static final Pattern ENCODING =
      Pattern.compile("^\\s*<\\?xml[^>]*encoding=[\"']([A-Za-z0-9._-]{1,40})[\"']");

  private final CompareProfile.Arrays arrays;
  private final Optional<Messages> messages;

  public Models(CompareProfile profile) {
    this.arrays = profile.arrays();
    this.messages = profile.protobuf().map(types -> new Messages(types, arrays));
  }

  /**
   * The type of the messages that bodies of this media type hold, where the profile knows it.
   *
   * @param target of the request
   */
  public Optional<Descriptor> messageType(Optional<MediaType> type, String target) {
    return messages.flatMap(known -> type.flatMap(media -> known.type(media, target)));
  }

  /** Whether bodies of this media type may be messages of protobuf. */
  public static boolean mayHoldMessages(MediaType type) {
    return type.essence().startsWith("application/grpc") || Messages.isPlain(type);
  }

  /** The same as messages of a type, by the fields that it has. */
  public Model read(Optional<MediaType> type, Optional<Descriptor> message, Content content) {
    return messages.isPresent() && message.isPresent() && type.isPresent()
        ? messages.get().read(type.get(), message.get(), content)
        : read(type, content);
  }

  /**
   * @param type what to read it as; the control's, for both sides
   */
  public Model read(Optional<MediaType> type, Content content) {
    if (type.isEmpty()) {
      return new Model.Bytes();
    }
    MediaType meant = type.get();
    if (meant.isJson()) {
      return content.text().map(this::json).orElseGet(Model.Bytes::new);
    }
    if (meant.isHtml()) {
      return content.bytes().length > LARGEST_PAGE
          ? new Model.Refused("body-too-large")
          : content.text().map(text -> elements(HtmlReader.read(text))).orElseGet(Model.Bytes::new);
    }
    if (meant.isXml()) {
      return xmlText(content)
          .map(text -> elements(new XmlReader().read(text)))
          .orElseGet(Model.Bytes::new);
    }
    String essence = meant.essence();
    if (essence.startsWith("multipart/")) {
      return Multipart.read(content).map(this::parts).orElseGet(Model.Bytes::new);
    }
    if (essence.startsWith("application/grpc")) {
      return values("messages", Frame.read(content.bytes()));
    }
    if (!meant.isText() || isBinary(content.bytes())) {
      return new Model.Bytes();
    }
    return content.text().map(text -> text(essence, text)).orElseGet(Model.Bytes::new);
  }

  private Model json(String text) {
    return switch (new JsonReader(arrays).read(text)) {
      case JsonReader.Outcome.Tree(Json root) -> new Model.Values("$", root);
      case JsonReader.Outcome.TooDeep() -> new Model.Refused("too-deep");
      case JsonReader.Outcome.TooMany() -> new Model.Refused("too-many-values");
      case JsonReader.Outcome.Invalid() -> new Model.Bytes();
    };
  }

  private static Model elements(XmlOutcome outcome) {
    return switch (outcome) {
      case XmlOutcome.Document(var root) -> new Model.Elements(root);
      case XmlOutcome.TooDeep() -> new Model.Refused("too-deep");
      case XmlOutcome.TooMany() -> new Model.Refused("too-many-values");
      case XmlOutcome.Invalid() -> new Model.Bytes();
    };
  }

  private static Model text(String essence, String text) {
    return switch (essence) {
      case "application/x-www-form-urlencoded" -> values("form", Form.read(text));
      case "text/event-stream" -> new Model.Values("events", Events.read(text));
      default -> new Model.Plain(text);
    };
  }

  private static Model values(String root, Optional<Json> json) {
    return json.<Model>map(read -> new Model.Values(root, read)).orElseGet(Model.Bytes::new);
  }

  /** The header's charset wins, then a byte order mark, then what the document says itself. */
  private static Optional<String> xmlText(Content content) {
    if (content.type().flatMap(MediaType::charset).isPresent()) {
      return content.text();
    }
    int length = Math.min(DECLARATION, content.bytes().length);
    String start = new String(content.bytes(), 0, length, StandardCharsets.ISO_8859_1);
    Matcher declared = ENCODING.matcher(start);
    return declared.find()
        ? new Content(content.bytes(), "text/xml; charset=" + declared.group(1)).text()
        : content.text();
  }

  /**
   * A root part with attachments is the document with them in their places (MTOM), unless one of
   * them has none: then all are parts by name, so that none is passed over.
   */
  private Model parts(Multipart multipart) {
    if (!multipart.parts().isEmpty()) {
      Multipart.Part first = multipart.parts().getFirst();
      boolean xop =
          first.content().type().filter(t -> t.essence().equals("application/xop+xml")).isPresent();
      if (xop) {
        Attachments attachments =
            new Attachments(multipart.parts().subList(1, multipart.parts().size()));
        Model document =
            xmlText(first.content())
                .map(text -> elements(new XmlReader(attachments::take).read(text)))
                .orElseGet(Model.Bytes::new);
        return document instanceof Model.Elements && !attachments.areAllInPlace()
            ? byName(multipart)
            : document;
      }
    }
    return byName(multipart);
  }

  private Model byName(Multipart multipart) {
    List<Json.Member> members = new ArrayList<>();
    for (Multipart.Part part : multipart.parts()) {
      members.add(new Json.Member(part.name(), part(part)));
    }
    return new Model.Values("parts", Json.Obj.of(members));
  }

  private Json part(Multipart.Part part) {
    List<Json.Member> members = new ArrayList<>();
    part.headers()
        .forEach(
            (name, value) -> {
              if (!name.equals("content-length")) {
                members.add(new Json.Member("header." + name, Json.Text.of(value)));
              }
            });
    Optional<MediaType> type = part.content().type();
    Model model =
        type.filter(MediaType::isJson).isPresent() ? read(type, part.content()) : new Model.Bytes();
    members.add(
        new Json.Member(
            "body",
            model instanceof Model.Values(String root, Json json) ? json : text(part.content())));
    return Json.Obj.of(members);
  }

  private static Json text(Content content) {
    boolean plain = content.type().map(MediaType::isText).orElse(true);
    return Json.Text.of(
        (plain ? content.text() : Optional.<String>empty())
            .orElseGet(() -> Base64.getEncoder().encodeToString(content.bytes())));
  }

  private static boolean isBinary(byte[] bytes) {
    for (byte b : bytes) {
      if (b == 0) {
        return true;
      }
    }
    return false;
  }
}
