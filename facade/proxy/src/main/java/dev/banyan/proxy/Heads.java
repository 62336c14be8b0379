package dev.banyan.proxy;

import dev.banyan.parity.Headers;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Header fields on their way from one connection to the other. */
final class Heads {
  private static final int USUAL_FIELDS = 16;

  private Heads() {}

  /** The request's fields as the upstream gets them. */
  static void toUpstream(HttpServerRequest request, MultiMap to, LoopParts loop) {
    MultiMap from = request.headers();
    Set<String> named = HopByHop.named(from);
    String parent = from.get(FieldNames.TRACEPARENT);
    boolean trusted = loop.forwarded().trusts(request);
    boolean traced = TraceContext.isValid(parent);
    String onward = loop.sink().tracing().onward(traced ? parent : null, loop.random());
    boolean renewed = !onward.equals(parent);
    boolean crumbs = Http2.speaks(request);
    String cookies = null;
    for (Map.Entry<String, String> field : from) {
      String name = FieldNames.lower(field.getKey());
      if (name.equals("cookie")) {
        String onwards = Cookies.onward(field.getValue());
        if (onwards != null && !crumbs) {
          to.add(field.getKey(), onwards);
        } else if (onwards != null) {
          cookies = cookies == null ? onwards : cookies + "; " + onwards;
        }
        continue;
      }
      boolean dropped =
          HopByHop.stays(name, named)
              || (crumbs && name.equals("host"))
              || ForwardedHeaders.isOne(name)
              || (!trusted && ForwardedHeaders.isClaim(name))
              || name.equals("banyan-shadow")
              || name.equals("banyan-copy")
              || (renewed && name.equals("traceparent"))
              || (!traced && name.equals("tracestate"));
      if (!dropped) {
        to.add(field.getKey(), field.getValue());
      }
    }
    if (crumbs) {
      to.set("Host", Http2.authority(request));
      if (cookies != null) {
        // HTTP/2 may send a cookie in crumbs (RFC 9113 8.2.3); HTTP/1.1 knows one field.
        to.add("Cookie", cookies);
      }
    }
    if (HopByHop.takesTrailers(from)) {
      to.add("TE", "trailers");
    }
    loop.forwarded().write(request, to);
    if (renewed) {
      to.add(FieldNames.TRACEPARENT, onward);
    }
  }

  /** The answer's fields as the client gets them. */
  static void toClient(MultiMap from, MultiMap to) {
    Set<String> named = HopByHop.named(from);
    for (Map.Entry<String, String> field : from) {
      if (!HopByHop.stays(FieldNames.lower(field.getKey()), named)) {
        to.add(field.getKey(), field.getValue());
      }
    }
  }

  /**
   * The request's end-to-end fields as sent; those of HTTP/2 as HTTP/1.1 writes them, with a Host
   * and one Cookie, so that who reads them or sends them again need not know the difference.
   */
  static Headers ofRequest(HttpServerRequest request) {
    Headers sent = copy(request.headers());
    if (!Http2.speaks(request)) {
      return sent;
    }
    List<Headers.Field> fields = new ArrayList<>();
    fields.add(new Headers.Field("Host", Http2.authority(request)));
    for (Headers.Field field : sent.fields()) {
      if (!field.name().equalsIgnoreCase("host") && !field.name().equalsIgnoreCase("cookie")) {
        fields.add(field);
      }
    }
    List<String> crumbs = sent.values("cookie");
    if (!crumbs.isEmpty()) {
      fields.add(new Headers.Field("Cookie", String.join("; ", crumbs)));
    }
    return new Headers(fields);
  }

  /** The end-to-end fields, as sent. */
  static Headers copy(MultiMap from) {
    if (from.isEmpty()) {
      return Headers.NONE;
    }
    Set<String> named = HopByHop.named(from);
    // Not for as many as there are: to count them costs more than to make room.
    List<Headers.Field> fields = new ArrayList<>(USUAL_FIELDS);
    for (Map.Entry<String, String> field : from) {
      if (!HopByHop.stays(FieldNames.lower(field.getKey()), named)) {
        fields.add(new Headers.Field(field.getKey(), field.getValue()));
      }
    }
    return new Headers(fields);
  }
}
