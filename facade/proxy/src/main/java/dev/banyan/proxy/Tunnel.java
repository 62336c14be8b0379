package dev.banyan.proxy;

import dev.banyan.proxy.edge.GuardRound;
import dev.banyan.proxy.outgoing.Answer;
import dev.banyan.proxy.outgoing.Outgoing;
import io.vertx.core.AsyncResult;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.NetSocket;
import java.util.Locale;

/**
 * An Upgrade (RFC 9110 7.8), such as to WebSocket: when the upstream agrees with 101, bytes go both
 * ways untouched until one side closes or nothing has moved for the idle time-out.
 */
final class Tunnel {
  private Tunnel() {}

  /**
   * Whether the request asks for one: GET, HTTP/1.1, no body. What would be HTTP once more is not
   * offered, since requests inside a tunnel would pass by the rules.
   */
  static boolean isAskedFor(HttpServerRequest request) {
    MultiMap headers = request.headers();
    if (!headers.contains("upgrade")
        || request.version() != HttpVersion.HTTP_1_1
        || !HttpMethod.GET.equals(request.method())
        || headers.contains("content-length")
        || headers.contains("transfer-encoding")) {
      return false;
    }
    String protocol = headers.get("upgrade").toLowerCase(Locale.ROOT);
    return HopByHop.named(headers, "upgrade")
        && Tokens.isToken(protocol)
        && !protocol.equals("h2c")
        && !protocol.equals("h2");
  }

  /** Whether the upstream agreed to what was asked for. */
  static boolean isAgreed(HttpServerRequest asked, Answer answer) {
    String protocol = answer.headers().get("upgrade");
    return answer.status() == 101
        && protocol != null
        && protocol.equalsIgnoreCase(asked.getHeader("upgrade"));
  }

  /**
   * Lets the bytes flow.
   *
   * @param over runs once, when the upstream's connection is closed
   */
  static void open(HttpServerRequest request, Answer answer, Outgoing asked, Runnable over) {
    asked.whenClosed(over);
    NetSocket upstream = asked.tunnel();
    MultiMap headers = request.response().headers();
    Heads.toClient(answer.headers(), headers);
    headers.set("Connection", "Upgrade").set("Upgrade", answer.headers().get("upgrade"));
    GuardRound.release(request.connection());
    request
        .toNetSocket()
        .onSuccess(
            client -> {
              pump(client, upstream);
              pump(upstream, client);
            })
        .onFailure(left -> upstream.close());
  }

  private static void pump(NetSocket from, NetSocket to) {
    from.pipe().endOnFailure(false).to(to).onComplete((AsyncResult<Void> v) -> to.close());
  }
}
