package dev.banyan.proxy;

import dev.banyan.rules.RequestHead;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request that passed the gate, read from the wire's own strings.
 *
 * @param target path and query as they go to the upstream
 */
record WireHead(HttpServerRequest request, String target, int question) implements RequestHead {

  static WireHead of(HttpServerRequest request, String target) {
    return new WireHead(request, target, target.indexOf('?'));
  }

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public String host() {
    if (Http2.speaks(request)) {
      return Http2.authority(request);
    }
    String host = request.getHeader("host");
    return host == null ? "" : host;
  }

  @Override
  public String path() {
    return question < 0 ? target : target.substring(0, question);
  }

  @Override
  public String query() {
    return question < 0 ? "" : target.substring(question + 1);
  }

  @Override
  public @Nullable String header(String name) {
    return name.equals("cookie") && Http2.speaks(request)
        ? Cookies.joined(request.headers().getAll("cookie"))
        : request.getHeader(name);
  }
}
