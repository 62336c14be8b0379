package dev.banyan.app.seen;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.banyan.proxy.RefusedRequest;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object on a line of its own for each request: no header values, no query, paths masked,
 * control characters escaped. To standard output or a file; a file that was moved away is made anew
 * within a second, so that rotating is renaming. One thread writes.
 */
class AccessLog {
  private static final Logger LOG = System.getLogger(AccessLog.class.getName());
  private static final int BUFFER = 64 * 1024;
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final JsonFactory JSON =
      new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

  private final String where;
  private final UnaryOperator<String> masking;
  private @Nullable OutputStream out;
  private @Nullable Object file;
  private long lookedAt = System.nanoTime();
  private boolean unwritten;

  /**
   * @param where {@code off}, {@code stdout} or a file
   * @param masking of paths
   */
  AccessLog(String where, UnaryOperator<String> masking) {
    this.where = where;
    this.masking = masking;
  }

  boolean wanted() {
    return !where.equals("off");
  }

  /** What one line holds. */
  private interface Fields {
    void to(JsonGenerator json) throws IOException;
  }

  void write(SeenRequest request) {
    line(request.endedMillis(), json -> fields(json, request));
  }

  /** The line of a request that went no further than the edge. */
  void write(SeenRefusal refusal) {
    line(refusal.endedMillis(), json -> fields(json, refusal.refused()));
  }

  /** One line for all refusals that get none. */
  void writeSuppressed(long count, long millis) {
    line(millis, json -> json.writeNumberField("refusalsWithoutLine", count));
  }

  private void line(long millis, Fields fields) {
    if (!wanted()) {
      return;
    }
    try {
      OutputStream to = out();
      try (JsonGenerator json = JSON.createGenerator(to)) {
        json.writeStartObject();
        json.writeStringField("time", Instant.ofEpochMilli(millis).toString());
        fields.to(json);
        json.writeEndObject();
      }
      to.write('\n');
      unwritten = true;
    } catch (IOException failure) {
      drop();
      throw new UncheckedIOException(failure);
    }
  }

  private void fields(JsonGenerator json, SeenRequest request) throws IOException {
    var facts = request.facts();
    json.writeStringField("route", request.decision().route().id());
    json.writeStringField("side", Labels.of(request.side()));
    json.writeStringField("stage", request.decision().stage().text());
    json.writeNumberField("revision", request.decision().revision());
    json.writeStringField("method", facts.method());
    json.writeStringField("path", masking.apply(facts.path()));
    if (request.failure() == null) {
      json.writeNumberField("status", request.status());
    } else {
      json.writeStringField("failure", request.failure());
    }
    attempts(json, request);
    json.writeNumberField("bytes", facts.answerBytes());
    json.writeNumberField("requestBytes", facts.requestBytes());
    json.writeNumberField(
        "millis", TimeUnit.NANOSECONDS.toMicros(request.duration().toNanos()) / 1e3);
    String trace = facts.trace();
    if (trace != null) {
      json.writeStringField("trace", trace.substring(3, 35));
    }
    String client = facts.client();
    if (client != null) {
      json.writeStringField("client", client);
    }
  }

  /** What the client did not see, where there was something. */
  private static void attempts(JsonGenerator json, SeenRequest request) throws IOException {
    String lost = request.fellBackFrom();
    if (lost != null) {
      json.writeStringField("fellBackFrom", lost);
    }
    if (request.attempts().retries() > 0) {
      json.writeNumberField("retries", request.attempts().retries());
    }
  }

  private void fields(JsonGenerator json, RefusedRequest refused) throws IOException {
    json.writeStringField("refused", refused.reason());
    if (refused.status() != 0) {
      json.writeNumberField("status", refused.status());
    }
    String route = refused.routeId();
    if (route != null) {
      json.writeStringField("route", route);
    }
    var facts = refused.facts();
    if (facts == null) {
      return;
    }
    json.writeStringField("method", facts.method());
    json.writeStringField("path", masking.apply(facts.path()));
    String client = facts.client();
    if (client != null) {
      json.writeStringField("client", client);
    }
  }

  private OutputStream out() throws IOException {
    OutputStream open = out;
    if (open != null && !movedAway()) {
      return open;
    }
    close();
    OutputStream made = new BufferedOutputStream(target(), BUFFER);
    out = made;
    return made;
  }

  private OutputStream target() throws IOException {
    if (where.equals("stdout")) {
      return new FileOutputStream(FileDescriptor.out);
    }
    Path path = Path.of(where);
    boolean cut = endsWithinALine(path);
    OutputStream made =
        Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    file = key(path);
    if (cut) {
      made.write('\n');
    }
    return made;
  }

  /** As a killed process leaves it. */
  private static boolean endsWithinALine(Path path) throws IOException {
    if (!Files.isRegularFile(path) || Files.size(path) == 0) {
      return false;
    }
    try (SeekableByteChannel channel = Files.newByteChannel(path)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      channel.position(channel.size() - 1).read(last);
      return last.get(0) != '\n';
    }
  }

  private boolean movedAway() {
    long now = System.nanoTime();
    if (where.equals("stdout") || now - lookedAt < LOOK_NANOS) {
      return false;
    }
    lookedAt = now;
    Object there = key(Path.of(where));
    return there == null || !there.equals(file);
  }

  private static @Nullable Object key(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (IOException gone) {
      return null;
    }
  }

  void flush() {
    OutputStream open = out;
    if (open == null || !unwritten) {
      return;
    }
    unwritten = false;
    try {
      open.flush();
    } catch (IOException failure) {
      LOG.log(Level.WARNING, "access lines are lost: " + failure);
      drop();
    }
  }

  /** Standard output itself stays open: the process may have a last word. */
  void close() {
    flush();
    if (!where.equals("stdout")) {
      drop();
    }
  }

  private void drop() {
    OutputStream open = out;
    out = null;
    if (open == null || where.equals("stdout")) {
      return;
    }
    try {
      open.close();
    } catch (IOException lost) {
      LOG.log(Level.DEBUG, "the access log could not be closed", lost);
    }
  }
}
