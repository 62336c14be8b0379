package dev.banyan.proxy;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The listening sockets, learned from the connections that came in through them: vertx-core closes
 * a server only together with its connections, and draining must not. One through which nobody ever
 * came has nothing to drain.
 */
final class Doors {
  private static final long SHUT_SECONDS = 1;

  private final Set<Channel> open = ConcurrentHashMap.newKeySet();

  void note(HttpConnection connection) {
    if (connection instanceof ConnectionBase base) {
      Channel door = base.channel().parent();
      if (door != null && !open.contains(door)) {
        open.add(door);
      }
    }
  }

  /** Accepts nobody any more; returns when that is so. Never called on an event loop. */
  void shut() {
    for (Channel door : open) {
      door.close().awaitUninterruptibly(SHUT_SECONDS, TimeUnit.SECONDS);
    }
  }
}
