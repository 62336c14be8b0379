package dev.banyan.parity.privacy;

import dev.banyan.parity.Headers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Masks multipart bodies part by part (RFC 2046); their boundaries stay. */
final class Parts {
  private static final String END_OF_HEAD = "\r\n\r\n";
  private static final Pattern NAME =
      Pattern.compile("(?i)[;\\s]name=(?:\"([^\"]{0,200})\"|([^;\\s]{1,200}))");

  private final Contents contents;
  private final Fields fields;
  private final Payloads payloads;

  Parts(Contents contents, Fields fields, Payloads payloads) {
    this.contents = contents;
    this.fields = fields;
    this.payloads = payloads;
  }

  byte[] mask(byte[] bytes, String boundary, int depth) {
    // One char per byte, so that places are the same in both.
    String body = new String(bytes, StandardCharsets.ISO_8859_1);
    String delimiter = "--" + boundary;
    int part = boundary.isEmpty() ? -1 : body.indexOf(delimiter);
    if (part < 0) {
      return payloads.mask(bytes, "", depth + 1);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    out.writeBytes(latin(contents.text(body.substring(0, part))));
    while (part >= 0) {
      int next = body.indexOf("\r\n" + delimiter, part + delimiter.length());
      int end = next < 0 ? body.length() : next;
      out.writeBytes(latin(delimiter));
      part(body.substring(part + delimiter.length(), end), depth, out);
      out.writeBytes(latin(next < 0 ? "" : "\r\n"));
      part = next < 0 ? -1 : next + 2;
    }
    return out.toByteArray();
  }

  private void part(String part, int depth, ByteArrayOutputStream out) {
    boolean headless = part.startsWith(END_OF_HEAD);
    int end = headless ? 0 : part.indexOf(END_OF_HEAD);
    if (end < 0) {
      // The closing delimiter, or what is no part.
      out.writeBytes(latin(contents.text(part)));
      return;
    }
    String head = part.substring(0, end);
    List<Headers.Field> lines = new ArrayList<>();
    boolean isPrivate = false;
    for (String line : head.split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        out.writeBytes(latin(contents.text(line)));
        continue;
      }
      Headers.Field field =
          new Headers.Field(line.substring(0, colon), line.substring(colon + 1).strip());
      lines.add(field);
      isPrivate |= isPrivate(field);
      Headers.Field masked = fields.mask(new Headers(List.of(field))).fields().getFirst();
      out.writeBytes(latin("\r\n" + masked.name() + ": " + masked.value()));
    }
    out.writeBytes(latin(END_OF_HEAD));
    byte[] content = latin(part.substring(end + END_OF_HEAD.length()));
    String type = new Headers(lines).first("content-type").orElse("");
    out.writeBytes(
        isPrivate
            ? TextBytes.read(content, java.util.Optional.empty()).with(contents.pseudonyms()::of)
            : payloads.mask(content, type, depth + 1));
  }

  private boolean isPrivate(Headers.Field field) {
    Matcher name = NAME.matcher(field.value());
    if (!field.name().equalsIgnoreCase("content-disposition") || !name.find()) {
      return false;
    }
    String written = name.group(1) == null ? name.group(2) : name.group(1);
    PrivateNames names = contents.names();
    return names.isPrivate(written) || names.isPrivateAt(names.below("form.", written));
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
