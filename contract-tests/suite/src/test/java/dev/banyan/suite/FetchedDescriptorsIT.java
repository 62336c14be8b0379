package dev.banyan.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FileDescriptor;
import dev.banyan.rules.protobuf.DescriptorReader;
import dev.banyan.rules.protobuf.DescriptorReader.Outcome;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is shipped asks a server for its descriptors, and compares by them. */
class FetchedDescriptorsIT {
  private static final Path SET =
      Processes.HOME.resolve("contract-tests/parity/src/test/resources/protobuf/orders.binpb");
  private static final String RULES =
      """
      version: 1
      upstreams: { legacy: { url: "http://127.0.0.1:5000" } }
      routes: [{ id: orders, match: { path: /shop.v1.Orders/** }, legacy: legacy, compare: p }]
      profiles:
        p: { descriptors: orders.binpb }
      """;

  @TempDir Path folder;
  private Server server;

  @BeforeEach
  void start() throws IOException {
    FileDescriptor orders =
        ((Outcome.Linked) DescriptorReader.read(Files.readAllBytes(SET)))
            .set()
            .message("shop.v1.Order")
            .orElseThrow()
            .getFile();
    ProtoFileDescriptorSupplier described = () -> orders;
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(
                ServerServiceDefinition.builder(
                        ServiceDescriptor.newBuilder("shop.v1.Orders")
                            .setSchemaDescriptor(described)
                            .build())
                    .build())
            .addService(ProtoReflectionServiceV1.newInstance())
            .build()
            .start();
  }

  @AfterEach
  void stop() {
    server.shutdownNow();
  }

  @Test
  void whatWasFetchedIsWhatTheRulesCompareBy() throws Exception {
    Path rules = Files.writeString(folder.resolve("rules.yaml"), RULES);
    String out = folder.resolve("orders.binpb").toString();
    String url = "http://127.0.0.1:" + server.getPort();

    Offline fetched =
        Offline.run(folder, List.of("descriptors", "fetch", url, "--out", out, "--json"));
    assertThat(fetched.exit()).as(fetched.output()).isZero();
    // Nothing beside the one line: libraries that warn would end up here, too.
    assertThat(fetched.output()).startsWith("{\"file\":").hasLineCount(1);

    Offline compared =
        Offline.run(
            folder,
            List.of(
                "compare",
                recorded("legacy.http", "000000000408011802"),
                recorded("migrated.http", "000000000408011801"),
                "--rules",
                rules.toString()));
    assertThat(compared.output())
        .contains(
            "messages[*].status value: control \"STATUS_SHIPPED\", candidate \"STATUS_OPEN\"");
  }

  private String recorded(String name, String frames) throws IOException {
    byte[] body = HexFormat.of().parseHex(frames);
    ByteArrayOutputStream recording = new ByteArrayOutputStream();
    recording.writeBytes(
        ("POST /shop.v1.Orders/Get HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 0\r\n\r\n"
                + "HTTP/1.1 200 OK\r\nContent-Type: application/grpc\r\ngrpc-status: 0\r\n"
                + "Content-Length: "
                + body.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    recording.writeBytes(body);
    return Files.write(folder.resolve(name), recording.toByteArray()).toString();
  }
}
