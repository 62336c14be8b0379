package dev.banyan.app.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpServer;
import dev.banyan.app.reflection.Bounds;
import io.grpc.BindableService;
import io.grpc.Status;
import io.grpc.reflection.v1.ServerReflectionRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that cannot or will not tell: each is named with its cure, and the old set stays. */
class DescriptorsFetchFailureIT {
  private static final Bounds SHORT =
      new Bounds(Duration.ofMillis(700), Bounds.DEFAULT.bytes(), Bounds.DEFAULT.files());
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  @TempDir Path folder;
  private Path out;

  @BeforeEach
  void anOlderSetIsThere() throws IOException {
    out = Files.writeString(folder.resolve("shop.binpb"), "older");
  }

  @AfterEach
  void itStaysAndNothingIsLeftBesideIt() throws IOException {
    assertThat(out).hasContent("older");
    assertThat(Path.of(out + ".next")).doesNotExist();
  }

  @Test
  void withoutReflectionItSaysHowToSwitchItOn() throws IOException {
    try (GrpcPeer peer = GrpcPeer.withoutReflection(ShopFiles.ORDERS)) {
      assertThat(failed(peer.url()))
          .startsWith("banyan: " + peer.url() + ": offers no server reflection (expected: ")
          .contains(
              "Grpc.AspNetCore.Server.Reflection",
              "AddGrpcReflection()",
              "MapGrpcReflectionService()",
              "ProtoReflectionServiceV1.newInstance()",
              "protoc --include_imports");
    }
  }

  @Test
  void anUnknownServiceIsToldWithThoseThatThereAre() throws IOException {
    try (GrpcPeer peer = GrpcPeer.v1(ShopFiles.ORDERS, ShopFiles.STOCK)) {
      assertThat(failed(peer.url(), "--service", "shop.v1.Order"))
          .contains(
              "has no service shop.v1.Order (expected: one of ", "shop.v1.Orders, shop.v1.Stock");
    }
  }

  @Test
  void aServerOfReflectionAloneHasNothingToFetch() throws IOException {
    try (GrpcPeer peer = GrpcPeer.v1()) {
      assertThat(failed(peer.url())).contains("has no service but reflection");
    }
  }

  @Test
  void aServerThatAcceptsAndSaysNothingIsGivenUp() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, HERE)) {
      assertThat(failed(SHORT, "http://127.0.0.1:" + silent.getLocalPort()))
          .contains("gave no whole answer within 700 ms (expected: ");
    }
  }

  @Test
  void aServerThatStopsInTheMiddleIsGivenUp() throws IOException {
    try (GrpcPeer peer = odd(question -> ScriptedReflection.SILENCE)) {
      assertThat(failed(SHORT, peer.url())).contains("gave no whole answer within 700 ms");
    }
  }

  @Test
  void aServerOfHttp1IsNone() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
    server.start();
    try {
      assertThat(failed("http://127.0.0.1:" + server.getAddress().getPort()))
          .contains("speaks no HTTP/2: not a gRPC server (expected: ", "\"Protocols\": \"Http2\"");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void whereNobodyListensItSaysSo() throws IOException {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 50, HERE)) {
      port = gone.getLocalPort();
    }
    assertThat(failed("http://127.0.0.1:" + port))
        .contains(":" + port + ": nothing listens there (expected: ");
  }

  @Test
  void aHostThatNobodyKnowsIsNamed() {
    assertThat(failed("http://no-such-host.invalid:5001")).contains("no such host (expected: ");
  }

  @Test
  void filesWithoutEndAreStoppedAtTheSizeThatRulesTake() throws IOException {
    UnknownFieldSet padding =
        UnknownFieldSet.newBuilder()
            .addField(
                1000,
                UnknownFieldSet.Field.newBuilder()
                    .addLengthDelimited(ByteString.copyFrom(new byte[1 << 20]))
                    .build())
            .build();
    try (GrpcPeer peer =
        odd(question -> List.of(next(question).toBuilder().setUnknownFields(padding).build()))) {
      assertThat(failed(peer.url())).contains("has descriptors of more than 16 MB (expected: ");
    }
  }

  @Test
  void filesWithoutEndAreStoppedAtTheirNumber() throws IOException {
    Bounds few = new Bounds(Bounds.DEFAULT.time(), Bounds.DEFAULT.bytes(), 100);
    try (GrpcPeer peer = odd(question -> List.of(next(question)))) {
      assertThat(failed(few, peer.url())).contains("has descriptors of more than 100 files");
    }
  }

  @Test
  void oneAnswerThatIsTooLargeIsNotTaken() throws IOException {
    Bounds small = new Bounds(Bounds.DEFAULT.time(), 10_000, 100);
    List<FileDescriptorProto> many = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      many.add(ShopFiles.file("file-" + i + ".proto"));
    }
    try (GrpcPeer peer = odd(question -> many)) {
      assertThat(failed(small, peer.url())).contains("sends more than 10000 bytes in one answer");
    }
  }

  @Test
  void aServiceWithoutItsFileAndTheWordsOfAStrangerAreShownHarmless() throws IOException {
    try (GrpcPeer peer = odd(question -> List.of())) {
      assertThat(failed(peer.url()))
          .contains(
              "lists the service odd.Odd, but does not send the file that defines it:"
                  + " nothing\\u001b[2J here");
    }
  }

  @Test
  void anImportThatIsNotThereIsNamedWithWhoImportsIt() throws IOException {
    try (GrpcPeer peer =
        odd(
            question ->
                question.hasFileContainingSymbol()
                    ? List.of(ShopFiles.withService("odd.proto", "gone.proto"))
                    : List.of())) {
      assertThat(failed(peer.url()))
          .contains("odd.proto imports gone.proto, which the server does not send: nothing");
    }
  }

  @Test
  void filesThatImportEachOtherAreNamed() throws IOException {
    try (GrpcPeer peer =
        odd(
            question ->
                List.of(
                    ShopFiles.withService("odd.proto", "a.proto"),
                    ShopFiles.file("a.proto", "odd.proto")))) {
      assertThat(failed(peer.url()))
          .contains("cannot be used: import each other: a.proto, odd.proto (expected: ");
    }
  }

  @Test
  void twoContentsOfOneFileAreNotMixed() throws IOException {
    try (GrpcPeer peer =
        odd(
            question ->
                List.of(
                    ShopFiles.withService("odd.proto"),
                    ShopFiles.withService("odd.proto", "a.proto")))) {
      assertThat(failed(peer.url())).contains("sends odd.proto twice with other content");
    }
  }

  @Test
  void credentialsThatItDoesNotHaveAreToldOf() throws IOException {
    try (GrpcPeer peer =
        odd(
            question -> {
              throw Status.UNAUTHENTICATED
                  .withDescription("a token is wanted")
                  .asRuntimeException();
            })) {
      assertThat(failed(peer.url()))
          .contains("wants credentials for reflection: a token is wanted (expected: ");
    }
  }

  @Test
  void tlsThatDoesNotFitIsToldFromBothSides() throws Exception {
    TlsFiles own = TlsFiles.make(folder, "own", "ip:127.0.0.1");
    TlsFiles other = TlsFiles.make(folder, "other", "dns:elsewhere.example");
    try (GrpcPeer peer = GrpcPeer.tls(own);
        GrpcPeer elsewhere = GrpcPeer.tls(other);
        GrpcPeer plain = GrpcPeer.v1(ShopFiles.ORDERS)) {
      assertThat(failed(peer.url())).contains("its certificate is not trusted", "--tls-ca FILE");
      assertThat(failed(peer.url(), "--tls-ca", other.certificate().toString()))
          .contains("its certificate is not trusted");
      assertThat(failed(elsewhere.url(), "--tls-ca", other.certificate().toString()))
          .contains("its certificate is for another name");
      assertThat(failed("https://127.0.0.1:" + plain.port())).contains("speaks no TLS", "http://");
      assertThat(failed("http://127.0.0.1:" + peer.port())).contains("https://");
    }
  }

  @Test
  void aPlaceThatCannotBeReplacedIsNamed() throws Exception {
    Path taken = Files.createDirectory(folder.resolve("set.binpb.next")).getParent();
    try (GrpcPeer peer = GrpcPeer.v1(ShopFiles.ORDERS)) {
      Ran ran =
          Ran.fetch(Bounds.DEFAULT, peer.url(), "--out", taken.resolve("set.binpb").toString());

      assertThat(ran.exit()).isEqualTo(1);
      assertThat(ran.err()).contains("--out: ", "set.binpb cannot be written: ", "(expected: ");
      assertThat(taken.resolve("set.binpb")).doesNotExist();
    }
  }

  /** The service {@code odd.Odd}, and files as a test wants them. */
  private static GrpcPeer odd(Function<ServerReflectionRequest, List<FileDescriptorProto>> files)
      throws IOException {
    BindableService reflection = new ScriptedReflection("odd.Odd", files);
    return GrpcPeer.with(reflection);
  }

  /** Each file imports one that nobody has heard of. */
  private static FileDescriptorProto next(ServerReflectionRequest question) {
    return question.hasFileContainingSymbol()
        ? ShopFiles.withService("odd.proto", "x.proto")
        : ShopFiles.file(question.getFileByFilename(), "x" + question.getFileByFilename());
  }

  private String failed(String url, String... further) {
    return failed(Bounds.DEFAULT, url, further);
  }

  private String failed(Bounds bounds, String url, String... further) {
    Ran ran =
        Ran.fetch(
            bounds,
            Stream.concat(Stream.of(url, "--out", out.toString()), Stream.of(further))
                .toArray(String[]::new));

    assertThat(ran.exit()).as(ran.err()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err().lines()).hasSize(1);
    return ran.err();
  }
}
