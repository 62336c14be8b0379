package dev.banyan.proxy.badrequests;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads requests as strictly as RFC 9112 allows. */
final class StrictReader {
  /** Something that must not have been sent. */
  static final class Violation extends Exception {
    private static final long serialVersionUID = 1;

    Violation(String what) {
      super(what);
    }
  }

  private static final String TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
  private static final Pattern REQUEST_LINE =
      Pattern.compile("(" + TOKEN + ") ([\\x21-\\x7e]+) HTTP/1\\.([01])");
  private static final Pattern LAX_LINE = Pattern.compile("(\\S+) (.+) HTTP/1\\.([01])");
  private static final Pattern FIELD =
      Pattern.compile("(" + TOKEN + "):[ \t]*([\t\\x20-\\x7e\\x80-\\xff]*?)[ \t]*");
  private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,16})((?:[ \t]*;[^\r\n]*)?)");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
  private static final int LONGEST_LINE = 4 << 20;

  private final InputStream in;

  StrictReader(InputStream in) {
    this.in = new BufferedInputStream(in, 1 << 16);
  }

  private String text() throws IOException, Violation {
    StringBuilder out = new StringBuilder();
    int c = in.read();
    while (c != '\n') {
      if (c < 0) {
        throw new EOFException();
      }
      out.append((char) c);
      if (out.length() > LONGEST_LINE) {
        throw new Violation("line over " + LONGEST_LINE);
      }
      c = in.read();
    }
    String line = out.toString();
    if (!line.endsWith("\r")) {
      throw new Violation("bare LF: " + line);
    }
    line = line.substring(0, line.length() - 1);
    if (line.indexOf('\r') >= 0) {
      throw new Violation("bare CR: " + line);
    }
    return line;
  }

  SeenRequest line() throws IOException, Violation {
    String line = text();
    Matcher strict = REQUEST_LINE.matcher(line);
    if (strict.matches()) {
      return new SeenRequest(strict.group(1), strict.group(2), Integer.parseInt(strict.group(3)));
    }
    Matcher lax = LAX_LINE.matcher(line);
    if (!lax.matches()) {
      throw new Violation("request line: " + line);
    }
    SeenRequest request =
        new SeenRequest(lax.group(1), lax.group(2), Integer.parseInt(lax.group(3)));
    request.warnings.add("request line not strict");
    return request;
  }

  void fields(SeenRequest request) throws IOException, Violation {
    fields(request.headers);
    if (request.values("host").size() != 1 && request.minor == 1) {
      request.warnings.add("host headers: " + request.values("host").size());
    }
    List<String> lengths = request.values("content-length");
    List<String> codings = request.values("transfer-encoding");
    if (lengths.size() + codings.size() > 1) {
      throw new Violation("framing: " + lengths + " and " + codings);
    }
    if (!codings.isEmpty() && !codings.getFirst().toLowerCase(Locale.ROOT).equals("chunked")) {
      throw new Violation("Transfer-Encoding: " + codings);
    }
    if (!lengths.isEmpty() && !LENGTH.matcher(lengths.getFirst()).matches()) {
      throw new Violation("Content-Length: " + lengths);
    }
  }

  private void fields(List<SeenRequest.Field> into) throws IOException, Violation {
    for (String line = text(); !line.isEmpty(); line = text()) {
      Matcher field = FIELD.matcher(line);
      if (!field.matches()) {
        throw new Violation("field line: " + line);
      }
      into.add(new SeenRequest.Field(field.group(1), field.group(2)));
    }
  }

  void body(SeenRequest request) throws IOException, Violation {
    List<String> lengths = request.values("content-length");
    if (!lengths.isEmpty()) {
      take(Integer.parseInt(lengths.getFirst()), request);
    } else if (!request.values("transfer-encoding").isEmpty()) {
      chunks(request);
    }
  }

  private void chunks(SeenRequest request) throws IOException, Violation {
    while (true) {
      String line = text();
      Matcher chunk = CHUNK.matcher(line);
      if (!chunk.matches()) {
        throw new Violation("chunk size line: " + line);
      }
      request.chunkExtension |= !chunk.group(2).isEmpty();
      int size = Integer.parseInt(chunk.group(1), 16);
      if (size == 0) {
        fields(request.trailers);
        return;
      }
      take(size, request);
      if (!text().isEmpty()) {
        throw new Violation("no CRLF after a chunk");
      }
    }
  }

  private void take(int length, SeenRequest request) throws IOException {
    byte[] data = in.readNBytes(length);
    request.body.append(new String(data, StandardCharsets.ISO_8859_1));
    if (data.length < length) {
      throw new EOFException();
    }
  }
}
