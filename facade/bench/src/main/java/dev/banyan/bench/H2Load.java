package dev.banyan.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Load from nghttp2's h2load, which speaks what {@link HttpLoad} does not: TLS and HTTP/2. As many
 * requests are under way at a time: over HTTP/2 eight streams on each connection.
 */
final class H2Load {
  private static final int STREAMS = 8;
  private static final long MOST_MICROS = 60_000_000;

  private final Path program;
  private final Wire wire;
  private final int underWay;
  private final Path log;

  H2Load(Path program, Wire wire, int underWay, Path folder) {
    this.program = program;
    this.wire = wire;
    this.underWay = underWay;
    this.log = folder.resolve("h2load.log");
  }

  LoadResult closed(int port, String path, Duration duration)
      throws IOException, InterruptedException {
    Files.deleteIfExists(log);
    List<String> command = new ArrayList<>(List.of(program.toString()));
    int streams = wire.http2() ? STREAMS : 1;
    command.addAll(List.of("-c", Integer.toString(Math.max(1, underWay / streams))));
    command.addAll(List.of("-m", Integer.toString(streams), "-t", "1"));
    command.addAll(List.of("-D", Long.toString(duration.toSeconds())));
    command.addAll(List.of("--log-file=" + log, "-H", "Accept: */*"));
    if (!wire.http2()) {
      command.add("--h1");
    }
    command.add((wire.encrypted() ? "https" : "http") + "://127.0.0.1:" + port + path);
    long begun = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.waitFor();
    return read(System.nanoTime() - begun);
  }

  /** A line a request: begin in microseconds, status or -1, microseconds until it was whole. */
  private LoadResult read(long nanos) throws IOException {
    Histogram latency = new Histogram(60_000_000_000L, 3);
    long requests = 0;
    long errors = 0;
    try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.US_ASCII)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split("\t", -1);
        if (fields.length == 3 && fields[1].equals("200")) {
          requests++;
          latency.recordValue(1000 * Math.min(MOST_MICROS, Long.parseLong(fields[2])));
        } else {
          errors++;
        }
      }
    }
    return new LoadResult(requests, errors, nanos, latency);
  }
}
