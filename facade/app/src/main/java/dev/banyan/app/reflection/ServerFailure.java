package dev.banyan.app.reflection;

import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What to tell of a call that failed, and what would help. */
final class ServerFailure {
  static final String PROTOC =
      "else a set made by protoc --include_imports --descriptor_set_out=FILE";

  private static final String REFLECTION =
      "reflection switched on; in ASP.NET Core the package Grpc.AspNetCore.Server.Reflection,"
          + " builder.Services.AddGrpcReflection() and app.MapGrpcReflectionService(); in grpc-java"
          + " io.grpc:grpc-services and addService(ProtoReflectionServiceV1.newInstance()); "
          + PROTOC;
  private static final String HTTP_2 =
      "the port of a gRPC server, HTTP/2 without TLS; in Kestrel \"Protocols\": \"Http2\" for this"
          + " endpoint, or https:// for one with TLS";

  /** How libraries tell of a connection; the first that is found in what they say counts. */
  private static final List<Sign> SIGNS =
      List.of(
          new Sign("UnknownHostException", "no such host", "a name that DNS knows, or an address"),
          new Sign("Connection refused", "nothing listens there", "a running server, its port"),
          new Sign("not an SSL/TLS record", "speaks no TLS", "http:// for a port without TLS"),
          new Sign(
              "unable to find valid certification path",
              "its certificate is not trusted",
              "--tls-ca FILE with the certificate of the authority that signed it, as PEM"),
          new Sign(
              "No subject alternative",
              "its certificate is for another name",
              "a host that its certificate names"),
          new Sign(
              "No name matching",
              "its certificate is for another name",
              "a host that its certificate names"),
          new Sign(
              "ALPN",
              "speaks TLS, but no HTTP/2: not a gRPC server",
              "the port of a gRPC server; in Kestrel \"Protocols\": \"Http1AndHttp2\" or \"Http2\""),
          // The first byte of a record of TLS: an alert, or a handshake.
          new Sign("Hex dump for first 5 bytes: 15", "speaks TLS", "https:// for this port"),
          new Sign("Hex dump for first 5 bytes: 16", "speaks TLS", "https:// for this port"),
          new Sign("was not SETTINGS", "speaks no HTTP/2: not a gRPC server", HTTP_2),
          new Sign("HTTP status code", "answers, but is not a gRPC server", HTTP_2),
          new Sign("content-type", "answers, but is not a gRPC server", HTTP_2));

  private ServerFailure() {}

  private record Sign(String mark, String what, String expected) {}

  static FetchFailed of(GrpcServer server, Status status, Bounds bounds) {
    String said = String.join("\n", said(status));
    return switch (status.getCode()) {
      case DEADLINE_EXCEEDED ->
          new FetchFailed(
              server,
              "gave no whole answer within " + bounds.timeText(),
              "a gRPC server that answers there; fewer services with --service NAME");
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          new FetchFailed(
              server,
              "wants credentials for reflection: " + described(status),
              "reflection that is open to whoever reaches this port; " + PROTOC);
      case RESOURCE_EXHAUSTED ->
          said.contains("exceeds maximum size")
              ? new FetchFailed(
                  server,
                  "sends more than " + bounds.bytesText() + " in one answer",
                  "at most that, as in a rule set; fewer services with --service NAME")
              : told(server, status, said);
      case UNIMPLEMENTED ->
          said.contains("HTTP status code") || said.contains("content-type")
              ? told(server, status, said)
              : new FetchFailed(server, "offers no server reflection", REFLECTION);
      default -> told(server, status, said);
    };
  }

  private static FetchFailed told(GrpcServer server, Status status, String said) {
    return SIGNS.stream()
        .filter(sign -> said.contains(sign.mark()))
        .findFirst()
        .map(sign -> new FetchFailed(server, sign.what(), sign.expected()))
        .orElseGet(
            () ->
                new FetchFailed(
                    server,
                    "failed with " + status.getCode() + ": " + described(status),
                    "a gRPC server with reflection; https:// where it wants TLS"));
  }

  /** The first line of each cause, outermost first. */
  private static String described(Status status) {
    return FetchFailed.cut(
        said(status).stream()
            .map(one -> one.lines().findFirst().orElse(""))
            .filter(one -> !one.isBlank())
            .collect(Collectors.joining(": ")));
  }

  private static List<String> said(Status status) {
    List<String> said = new ArrayList<>();
    said.add(Objects.toString(status.getDescription(), ""));
    Throwable cause = status.getCause();
    while (cause != null && said.size() < 10) {
      said.add(cause.toString());
      cause = cause.getCause();
    }
    return said;
  }
}
