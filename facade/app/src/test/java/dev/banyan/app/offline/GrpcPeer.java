package dev.banyan.app.offline;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.grpc.BindableService;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.ServerServiceDefinition;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** A real server of gRPC on a socket, with services that have descriptors and nothing to call. */
final class GrpcPeer implements AutoCloseable {
  private final Server server;
  private final String scheme;

  private GrpcPeer(Server server, String scheme) {
    this.server = server;
    this.scheme = scheme;
  }

  static GrpcPeer v1(FileDescriptor... files) throws IOException {
    return with(ProtoReflectionServiceV1.newInstance(), files);
  }

  @SuppressWarnings("deprecation") // what servers have that know the old version alone
  static GrpcPeer v1alpha(FileDescriptor... files) throws IOException {
    return with(ProtoReflectionService.newInstance(), files);
  }

  static GrpcPeer with(BindableService reflection, FileDescriptor... files) throws IOException {
    return start(InsecureServerCredentials.create(), "http", List.of(reflection), files);
  }

  static GrpcPeer withoutReflection(FileDescriptor... files) throws IOException {
    return start(InsecureServerCredentials.create(), "http", List.of(), files);
  }

  static GrpcPeer tls(TlsFiles files) throws IOException {
    return start(
        TlsServerCredentials.create(files.certificate().toFile(), files.key().toFile()),
        "https",
        List.of(ProtoReflectionServiceV1.newInstance()),
        ShopFiles.ORDERS);
  }

  private static GrpcPeer start(
      ServerCredentials credentials,
      String scheme,
      List<BindableService> services,
      FileDescriptor... files)
      throws IOException {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), credentials);
    services.forEach(builder::addService);
    for (FileDescriptor file : files) {
      file.getServices().forEach(service -> builder.addService(definition(service)));
    }
    return new GrpcPeer(builder.build().start(), scheme);
  }

  private static ServerServiceDefinition definition(ServiceDescriptor service) {
    ProtoFileDescriptorSupplier supplier = service::getFile;
    return ServerServiceDefinition.builder(
            io.grpc.ServiceDescriptor.newBuilder(service.getFullName())
                .setSchemaDescriptor(supplier)
                .build())
        .build();
  }

  int port() {
    return server.getPort();
  }

  String url() {
    return scheme + "://127.0.0.1:" + port();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
