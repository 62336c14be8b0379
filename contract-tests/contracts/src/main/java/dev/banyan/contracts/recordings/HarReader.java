package dev.banyan.contracts.recordings;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.banyan.contracts.recordings.HarEntry.Body;
import dev.banyan.contracts.recordings.HarEntry.Pair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An HTTP Archive (HAR 1.2), as browsers and proxies save it. Read as a stream, entry by entry; one
 * reader reads one file.
 */
final class HarReader {
  private static final int MAX_DEPTH = 200;

  private final Caps caps;
  private final JsonFactory json;

  /** Begun so far. */
  private int entries;

  HarReader(Caps caps) {
    this.caps = caps;
    this.json =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(caps.file())
                    .build())
            .build();
  }

  Recording read(String name, byte[] bytes) throws UnreadableRecording {
    List<RecordedExchange> exchanges = new ArrayList<>();
    try (JsonParser in = json.createParser(bytes)) {
      in.nextToken();
      object(
          in,
          top -> {
            if (top.equals("log")) {
              log(name, in, exchanges);
            } else {
              in.skipChildren();
            }
          });
    } catch (IOException broken) {
      throw new UnreadableRecording(
          name + "#" + entries, "HAR", firstLine(broken), "JSON as HAR 1.2 has it");
    }
    return new Recording(name, exchanges);
  }

  /** What is done with one member; the parser stands on its value. */
  private interface Member {
    void read(String name) throws IOException, UnreadableRecording;
  }

  /** What is done with one element; the parser stands on it. */
  private interface Element {
    void read() throws IOException, UnreadableRecording;
  }

  private void log(String name, JsonParser in, List<RecordedExchange> exchanges)
      throws IOException, UnreadableRecording {
    object(
        in,
        member -> {
          if (!member.equals("entries")) {
            in.skipChildren();
            return;
          }
          array(
              in,
              () -> {
                String place = name + "#" + ++entries;
                if (exchanges.size() == caps.entries()) {
                  throw new UnreadableRecording(
                      place, "entries", "more", "at most " + caps.entries() + "; split the file");
                }
                HarEntry entry = entry(in);
                if (!entry.isOfAnotherScheme()) {
                  exchanges.add(entry.exchange(place, caps));
                }
              });
        });
  }

  private static HarEntry entry(JsonParser in) throws IOException, UnreadableRecording {
    HarEntry entry = new HarEntry();
    object(
        in,
        member -> {
          switch (member) {
            case "request" -> request(in, entry);
            case "response" -> response(in, entry);
            case "time" -> entry.millis = number(in);
            default -> in.skipChildren();
          }
        });
    return entry;
  }

  private static void request(JsonParser in, HarEntry entry)
      throws IOException, UnreadableRecording {
    object(
        in,
        member -> {
          switch (member) {
            case "method" -> entry.method = text(in);
            case "url" -> entry.url = text(in);
            case "headers" -> pairs(in, entry.requestHeaders);
            case "postData" -> body(in, entry.posted);
            default -> in.skipChildren();
          }
        });
  }

  private static void response(JsonParser in, HarEntry entry)
      throws IOException, UnreadableRecording {
    object(
        in,
        member -> {
          switch (member) {
            case "status" -> entry.status = (int) number(in);
            case "headers" -> pairs(in, entry.responseHeaders);
            case "content" -> body(in, entry.content);
            default -> in.skipChildren();
          }
        });
  }

  private static void body(JsonParser in, Body body) throws IOException, UnreadableRecording {
    object(
        in,
        member -> {
          switch (member) {
            case "text" -> body.text = text(in);
            case "encoding" -> body.encoding = text(in);
            case "mimeType" -> body.type = text(in);
            case "size" -> body.size = (long) number(in);
            case "params" -> pairs(in, body.params);
            default -> in.skipChildren();
          }
        });
  }

  private static void pairs(JsonParser in, List<Pair> pairs)
      throws IOException, UnreadableRecording {
    array(
        in,
        () -> {
          String[] pair = {"", ""};
          object(
              in,
              member -> {
                switch (member) {
                  case "name" -> pair[0] = text(in);
                  case "value" -> pair[1] = text(in);
                  default -> in.skipChildren();
                }
              });
          pairs.add(new Pair(pair[0], pair[1]));
        });
  }

  /** The members of an object; nothing where it is null. */
  private static void object(JsonParser in, Member each) throws IOException, UnreadableRecording {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    expect(in, JsonToken.START_OBJECT, "an object");
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      each.read(name);
    }
  }

  private static void array(JsonParser in, Element each) throws IOException, UnreadableRecording {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    expect(in, JsonToken.START_ARRAY, "a list");
    while (in.nextToken() != JsonToken.END_ARRAY) {
      each.read();
    }
  }

  private static void expect(JsonParser in, JsonToken token, String name) throws IOException {
    if (in.currentToken() != token) {
      throw new IOException(
          "line "
              + in.currentLocation().getLineNr()
              + " has "
              + in.currentToken()
              + ", not "
              + name);
    }
  }

  /** Empty where it is null: some recorders write so for what is not there. */
  private static String text(JsonParser in) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return "";
    }
    expect(in, JsonToken.VALUE_STRING, "a text");
    return in.getText();
  }

  private static double number(JsonParser in) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return 0;
    }
    if (!in.currentToken().isNumeric()) {
      expect(in, JsonToken.VALUE_NUMBER_INT, "a number");
    }
    return in.getDoubleValue();
  }

  private static String firstLine(IOException broken) {
    String message = broken.getMessage();
    return message == null ? "not JSON" : message.lines().findFirst().orElse("not JSON");
  }
}
