package dev.banyan.legacy.sample;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** A running sample legacy: the real one on Mono, or its replay. */
public final class SampleLegacy implements AutoCloseable {
  static final String CURE =
      "apt-get install -y --no-install-recommends mono-mcs libmono-system-web4.0-cil"
          + " libmono-system-web-extensions4.0-cil libmono-system-web-services4.0-cil"
          + " libmono-system-runtime-serialization4.0-cil libmono-system-xaml4.0-cil"
          + " libmono-system-servicemodel-web4.0-cil libmono-system-data-datasetextensions4.0-cil"
          + " libmono-system-web-dynamicdata4.0-cil libmono-system-web-http4.0-cil"
          + " libmono-system-web-http-webhost4.0-cil libmono-system-net-http4.0-cil"
          + " libmono-system-net-http-formatting4.0-cil libmono-system-web-mvc3.0-cil"
          + " libmono-system-web-routing4.0-cil libmono-system-web-abstractions4.0-cil";

  /** What answers. */
  public enum Kind {
    MONO,
    REPLAY
  }

  /** Whether Mono is tried first. */
  public enum Mode {
    MONO_IF_INSTALLED,
    REPLAY_ONLY
  }

  /** Where to listen (0: any free port) and where the sources and captures lie. */
  public record Options(int port, Mode mode, Path captures, Path web) {
    public Options {
      if (port < 0 || port > 65535) {
        throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
      }
    }

    /** A free port and the folders of this module. */
    public static Options defaults() {
      Path home = home();
      return new Options(0, Mode.MONO_IF_INSTALLED, home.resolve("captures"), home.resolve("web"));
    }

    public Options withPort(int newPort) {
      return new Options(newPort, mode, captures, web);
    }

    public Options withMode(Mode newMode) {
      return new Options(port, newMode, captures, web);
    }

    public Options withCaptures(Path folder) {
      return new Options(port, mode, folder, web);
    }

    public Options withWeb(Path folder) {
      return new Options(port, mode, captures, folder);
    }
  }

  private final Kind kind;
  private final URI uri;
  private final Runnable end;

  private SampleLegacy(Kind kind, URI uri, Runnable end) {
    this.kind = kind;
    this.uri = uri;
    this.end = end;
  }

  /** Returns once the first answer has been given. Two calls give two fresh systems. */
  public static SampleLegacy start(Options options) throws IOException, InterruptedException {
    if (options.mode() == Mode.MONO_IF_INSTALLED) {
      try {
        if (!MonoProcess.installed()) {
          throw new MonoProcess.Unavailable("mcs and mono are not on the PATH");
        }
        MonoProcess mono = MonoProcess.start(options.web(), options.port());
        return new SampleLegacy(Kind.MONO, mono.uri(), mono::close);
      } catch (MonoProcess.Unavailable e) {
        System.err.println(
            "sample-legacy: NOT THE REAL .NET SYSTEM, captured answers are replayed, because "
                + e.getMessage()
                + "; cure: "
                + CURE);
      }
    }
    ReplayServer replay = ReplayServer.start(options.captures(), options.port());
    return new SampleLegacy(Kind.REPLAY, replay.uri(), replay::close);
  }

  public URI uri() {
    return uri;
  }

  public Kind kind() {
    return kind;
  }

  @Override
  public void close() {
    end.run();
  }

  /** {@code [--port N] [--replay] [--captures DIR] [--web DIR]}; runs until it is stopped. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Options options = parse(args);
    SampleLegacy legacy = start(options);
    String how = legacy.kind() == Kind.MONO ? "mono" : "replay";
    System.out.println("sample-legacy: listening on " + legacy.uri() + " (" + how + ")");
    Thread.currentThread().join();
  }

  static Options parse(String[] args) {
    Options options = Options.defaults();
    Iterator<String> words = List.of(args).iterator();
    while (words.hasNext()) {
      String flag = words.next();
      if (flag.equals("--replay")) {
        options = options.withMode(Mode.REPLAY_ONLY);
        continue;
      }
      options =
          switch (flag) {
            case "--port" -> options.withPort(Integer.parseInt(value(flag, words)));
            case "--captures" -> options.withCaptures(Path.of(value(flag, words)));
            case "--web" -> options.withWeb(Path.of(value(flag, words)));
            default ->
                throw new IllegalArgumentException(
                    "flag: " + flag + " (expected: --port, --replay, --captures, --web)");
          };
    }
    return options;
  }

  private static String value(String flag, Iterator<String> words) {
    if (words.hasNext()) {
      return words.next();
    }
    throw new IllegalArgumentException(flag + ": nothing (expected: a value)");
  }

  /** This module's folder: below {@code banyan.home}, or the nearest one above the classes. */
  private static Path home() {
    String banyan = System.getProperty("banyan.home");
    if (banyan != null) {
      return Path.of(banyan, "legacy-adapters", "sample-legacy");
    }
    try {
      Path place =
          Path.of(SampleLegacy.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      for (Path folder = place; folder != null; folder = folder.getParent()) {
        if (Files.isDirectory(folder.resolve("captures"))
            && Files.isDirectory(folder.resolve("web"))) {
          return folder;
        }
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    return Path.of("legacy-adapters", "sample-legacy");
  }
}
