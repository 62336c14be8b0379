package dev.banyan.app.reflection;

import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.Deadline;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.ClientCalls;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManager;

/** The connection of one fetch, and the one deadline of all that is asked over it. */
final class ServerChannel implements AutoCloseable {
  private final ManagedChannel channel;
  private final CallOptions options;

  private ServerChannel(ManagedChannel channel, CallOptions options) {
    this.channel = channel;
    this.options = options;
  }

  static ServerChannel open(GrpcServer server, Bounds bounds) {
    ManagedChannel channel =
        Grpc.newChannelBuilderForAddress(
                server.url().getHost(), server.url().getPort(), credentials(server))
            .maxInboundMessageSize(bounds.bytes())
            .disableServiceConfigLookUp()
            .build();
    Deadline deadline = Deadline.after(bounds.time().toMillis(), TimeUnit.MILLISECONDS);
    return new ServerChannel(channel, CallOptions.DEFAULT.withDeadline(deadline));
  }

  private static ChannelCredentials credentials(GrpcServer server) {
    if (!server.usesTls()) {
      return InsecureChannelCredentials.create();
    }
    return server.trusted().isEmpty()
        ? TlsChannelCredentials.create()
        : TlsChannelCredentials.newBuilder()
            .trustManager(server.trusted().toArray(TrustManager[]::new))
            .build();
  }

  ReflectionCall call(Reflection version) {
    return new ReflectionCall(
        ClientCalls.blockingBidiStreamingCall(channel, version.method(), options));
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
