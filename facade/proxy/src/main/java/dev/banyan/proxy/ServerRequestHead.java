package dev.banyan.proxy;

import dev.banyan.rules.RequestHead;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** What routes look at, straight off the request. */
final class ServerRequestHead implements RequestHead {
  private final HttpServerRequest request;
  private final String path;
  private final String query;

  ServerRequestHead(HttpServerRequest request) {
    this.request = request;
    String target = request.uri();
    int question = target.indexOf('?');
    path = question < 0 ? target : target.substring(0, question);
    query = question < 0 ? "" : target.substring(question + 1);
  }

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public String host() {
    String host = request.getHeader("host");
    return host == null ? "" : host;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String query() {
    return query;
  }

  @Override
  public @Nullable String header(String name) {
    return request.getHeader(name);
  }
}
