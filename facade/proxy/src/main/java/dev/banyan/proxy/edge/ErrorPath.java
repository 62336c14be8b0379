package dev.banyan.proxy.edge;

import dev.banyan.parity.Observation;
import dev.banyan.rules.Decision;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;

/**
 * Loads at start what is needed when no file can be opened any more: a thread that meets an error
 * and cannot load the class to tell of it dies of that instead, the acceptor's first of all.
 */
public final class ErrorPath {
  private static final Logger LOG = Logger.getLogger(ErrorPath.class.getName());

  private static final String[] NAMES = {
    "io.netty.bootstrap.ServerBootstrap$ServerBootstrapAcceptor",
    "io.netty.bootstrap.ServerBootstrap$ServerBootstrapAcceptor$1",
    "io.netty.bootstrap.ServerBootstrap$ServerBootstrapAcceptor$2",
    "io.netty.channel.ChannelException",
    "io.netty.channel.StacklessClosedChannelException",
    "io.netty.channel.unix.Errors",
    "io.netty.channel.unix.Errors$NativeIoException",
    "io.netty.channel.unix.Errors$NativeConnectException",
    "io.netty.channel.AbstractChannel$AnnotatedConnectException",
    "io.netty.channel.AbstractChannel$AnnotatedSocketException",
    "io.netty.channel.ConnectTimeoutException",
    "io.netty.channel.DefaultChannelPipeline",
    "io.netty.util.internal.ThrowableUtil",
    "io.netty.util.internal.ObjectUtil",
    "io.vertx.core.http.HttpClosedException",
    "io.vertx.core.http.StreamResetException",
    "io.vertx.core.http.ConnectionPoolTooBusyException",
    "io.vertx.core.VertxException",
    "java.net.ConnectException",
    "java.net.BindException",
    "java.nio.channels.ClosedChannelException",
    "java.io.FileNotFoundException",
    "java.util.logging.LogRecord",
    "java.util.logging.Formatter",
    "dev.banyan.proxy.edge.RefusalReason",
    "dev.banyan.proxy.edge.EdgeAnswer"
  };

  private ErrorPath() {}

  /** Loads them; what this version of a library does not have is passed over. */
  public static void load() {
    rehearse();
    for (String name : NAMES) {
      load(name);
    }
    for (Class<?> one : List.of(ErrorPath.class, Decision.class, Observation.class)) {
      classesBeside(one).forEach(ErrorPath::load);
    }
  }

  private static void load(String name) {
    try {
      Class.forName(name, true, ErrorPath.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError absent) {
      LOG.log(Level.FINE, "not there: {0}", name);
    }
  }

  /** All of a module: a class that could not be read once is taken for missing for ever. */
  private static List<String> classesBeside(Class<?> one) {
    CodeSource source = one.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return List.of();
    }
    try {
      Path place = Path.of(source.getLocation().toURI());
      if (Files.isDirectory(place)) {
        try (Stream<Path> files = Files.walk(place)) {
          return names(files.map(file -> place.relativize(file).toString()));
        }
      }
      try (JarFile jar = new JarFile(place.toFile())) {
        return names(jar.stream().map(JarEntry::getName));
      }
    } catch (IOException | URISyntaxException | IllegalArgumentException elsewhere) {
      LOG.log(Level.FINE, "own classes: not listed", elsewhere);
      return List.of();
    }
  }

  private static List<String> names(Stream<String> files) {
    return files
        .map(file -> file.replace(File.separatorChar, '/'))
        .filter(file -> file.startsWith("dev/banyan/") && file.endsWith(".class"))
        .map(file -> file.substring(0, file.length() - ".class".length()).replace('/', '.'))
        .toList();
  }

  /** Writes down an error to nowhere: this reads the time zones and the messages of exceptions. */
  private static void rehearse() {
    LogRecord record = new LogRecord(Level.WARNING, "rehearsal: {0}");
    record.setLoggerName(LOG.getName());
    record.setParameters(new Object[] {1});
    record.setThrown(
        new IllegalStateException("rehearsal", new IOException("accept(..) failed: rehearsal")));
    String written = new SimpleFormatter().format(record);
    if (written.isEmpty()) {
      LOG.fine("nothing was written");
    }
  }
}
