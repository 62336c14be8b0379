package dev.banyan.catalog.products;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * The form in which one client gets its answer.
 *
 * <p>Web API takes the first media type of Accept that one of its formatters can write, and JSON
 * where none can: it never answers 406.
 *
 * @param mediaType without its charset
 */
record WebApiAnswer(String mediaType, WireFormat format) {

  /** In the order in which Web API asks them. */
  private static final List<WebApiAnswer> FORMATTERS =
      List.of(
          new WebApiAnswer("application/json", new WebApiJson()),
          new WebApiAnswer("text/json", new WebApiJson()),
          new WebApiAnswer("application/xml", new WebApiXml()),
          new WebApiAnswer("text/xml", new WebApiXml()));

  /** Picks the form for this client. */
  static WebApiAnswer to(HttpHeaders client) {
    try {
      return acceptable(client.getAcceptableMediaTypes());
    } catch (IllegalArgumentException unreadableAccept) {
      return FORMATTERS.getFirst();
    }
  }

  private static WebApiAnswer acceptable(List<MediaType> mostWantedFirst) {
    return mostWantedFirst.stream()
        .flatMap(wanted -> FORMATTERS.stream().filter(formatter -> formatter.suits(wanted)))
        .findFirst()
        .orElse(FORMATTERS.getFirst());
  }

  private boolean suits(MediaType wanted) {
    return wanted.isCompatible(MediaType.valueOf(mediaType));
  }

  Response with(Response.Status status, Function<WireFormat, String> body) {
    return Response.status(status)
        .header("Expires", "-1")
        .header("Pragma", "no-cache")
        .header("Cache-Control", "no-cache")
        .header("Content-Type", mediaType + "; charset=utf-8")
        .entity(body.apply(format).getBytes(StandardCharsets.UTF_8))
        .build();
  }
}
