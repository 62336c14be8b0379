package dev.banyan.legacy.sample;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** One recorded exchange: what was asked and the bytes that came back. */
record Capture(String name, RawRequest request, CapturedResponse response) {
  private static final String REQUEST = "=== REQUEST (raw bytes)\r\n";
  private static final String RESPONSE = "\r\n=== RESPONSE (raw bytes, framing kept; ended by: ";

  static Capture read(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    int response = text.indexOf(RESPONSE);
    int answer = response < 0 ? -1 : text.indexOf(")\r\n", response);
    if (!text.startsWith(REQUEST) || answer < 0) {
      throw new IOException("capture: " + file + " (expected: a REQUEST and a RESPONSE section)");
    }
    byte[] asked = bytes(text.substring(REQUEST.length(), response));
    RawRequest request =
        RawRequest.read(new ByteArrayInputStream(asked), OutputStream.nullOutputStream())
            .orElseThrow(() -> new IOException("capture: " + file + " (expected: a request)"));
    String endedBy = text.substring(response + RESPONSE.length(), answer);
    String authority = request.header("Host").orElse("");
    return new Capture(
        file.getFileName().toString(),
        request,
        CapturedResponse.of(text.substring(answer + 3), endedBy, authority));
  }

  private static byte[] bytes(String latin1) {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }
}
