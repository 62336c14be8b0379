package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.banyan.parity.Comparer;
import dev.banyan.parity.Comparison;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.ProtobufTypes;
import dev.banyan.rules.Upstream;
import dev.banyan.rules.protobuf.DescriptorReader;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.grpc.testing.integration.Messages.Payload;
import io.grpc.testing.integration.Messages.StreamingOutputCallRequest;
import io.grpc.testing.integration.Messages.StreamingOutputCallResponse;
import io.grpc.testing.integration.TestServiceGrpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two servers of gRPC, one copied to, and what the comparer says of their streams. */
final class GrpcShadowIT {
  private static final int CAP = 1 << 20;

  private final Rig rig = new Rig();
  private final List<Server> servers = new ArrayList<>();

  @AfterEach
  void close() {
    rig.close();
    servers.forEach(Server::shutdownNow);
  }

  @Test
  void streamsAreComparedByNamesWhicheverServerPacksItsMessages() throws IOException {
    assertThat(differences("abcabcabcabcabcabcabcabc")).isEmpty();
  }

  @Test
  void anotherMessageIsFoundWhereItIs() throws IOException {
    assertThat(differences("abcabcabcabcabcabcabcabX"))
        .containsExactly("messages[*].payload.body value");
  }

  private List<String> differences(String candidates) throws IOException {
    Upstream control = server("plain", "abcabcabcabcabcabcabcabc", "");
    Upstream candidate = server("packed", candidates, "gzip");
    rig.deciding(
        (head, ticket) ->
            Decisions.shadowed(control, candidate, Decisions.policy(Duration.ofSeconds(20), CAP)));
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", rig.facade().port()).usePlaintext().build();
    try {
      TestServiceGrpc.newBlockingStub(channel)
          .streamingOutputCall(StreamingOutputCallRequest.getDefaultInstance())
          .forEachRemaining(
              answer -> assertThat(answer.getPayload().getBody().size()).isPositive());
      ShadowedExchange.Pair pair = (ShadowedExchange.Pair) rig.kept().firstShadow();
      return switch (Comparer.of(profile())
          .compare(pair.request(), pair.control(), pair.candidate())) {
        case Comparison.Match() -> List.of();
        case Comparison.Mismatch mismatch ->
            mismatch.differences().stream()
                .map(one -> one.location() + " " + one.kind().word())
                .toList();
        case Comparison other -> throw new AssertionError(other);
      };
    } finally {
      channel.shutdownNow();
    }
  }

  private Upstream server(String name, String second, String compression) throws IOException {
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(new TwoPayloads(second, compression))
            .build()
            .start();
    servers.add(server);
    return new Upstream(
        name,
        List.of(URI.create("http://127.0.0.1:" + server.getPort())),
        Upstream.Protocol.HTTP2,
        Duration.ofSeconds(2),
        Duration.ofSeconds(20),
        200);
  }

  /** Answers with two messages. */
  private static final class TwoPayloads extends TestServiceGrpc.TestServiceImplBase {
    private final String second;
    private final String compression;

    TwoPayloads(String second, String compression) {
      this.second = second;
      this.compression = compression;
    }

    @Override
    public void streamingOutputCall(
        StreamingOutputCallRequest request, StreamObserver<StreamingOutputCallResponse> observer) {
      if (!compression.isEmpty()) {
        ((ServerCallStreamObserver<?>) observer).setCompression(compression);
      }
      for (String body : List.of("first", second)) {
        observer.onNext(
            StreamingOutputCallResponse.newBuilder()
                .setPayload(Payload.newBuilder().setBody(ByteString.copyFromUtf8(body)))
                .build());
      }
      observer.onCompleted();
    }
  }

  private static CompareProfile profile() {
    Map<String, FileDescriptor> files = new LinkedHashMap<>();
    collect(
        ((ProtoFileDescriptorSupplier) TestServiceGrpc.getServiceDescriptor().getSchemaDescriptor())
            .getFileDescriptor(),
        files);
    FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
    files.values().forEach(file -> set.addFile(file.toProto()));
    DescriptorReader.Outcome read = DescriptorReader.read(set.build().toByteArray());
    CompareProfile strict = CompareProfile.STRICT;
    return new CompareProfile(
        "grpc",
        strict.headers(),
        strict.arrays(),
        strict.keys(),
        strict.rules(),
        strict.tolerances(),
        Optional.of(
            new ProtobufTypes(((DescriptorReader.Outcome.Linked) read).set(), Optional.empty())));
  }

  private static void collect(FileDescriptor file, Map<String, FileDescriptor> files) {
    if (files.put(file.getName(), file) == null) {
      file.getDependencies().forEach(imported -> collect(imported, files));
    }
  }
}
