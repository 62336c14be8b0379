package dev.banyan.proxy.edge;

import java.util.logging.Level;
import java.util.logging.Logger;

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
    ClassLoader loader = ErrorPath.class.getClassLoader();
    for (String name : NAMES) {
      try {
        Class.forName(name, true, loader);
      } catch (ClassNotFoundException | LinkageError absent) {
        LOG.log(Level.FINE, "not there: {0}", name);
      }
    }
  }
}
