package dev.banyan.app.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.banyan.app.reflection.Bounds;
import dev.banyan.rules.protobuf.DescriptorSet;
import io.grpc.BindableService;
import io.grpc.reflection.v1.ServerReflectionRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real servers with reflection, and the sets that are made of what they tell. */
class DescriptorsFetchIT {
  private static final List<String> ALL =
      List.of(
          "google/protobuf/any.proto",
          "google/protobuf/duration.proto",
          "google/protobuf/timestamp.proto",
          "shop/v1/money.proto",
          "shop/v1/orders.proto",
          "shop/v1/stock.proto");

  @TempDir Path folder;

  @Test
  void servicesThatShareImportsMakeOneSetWithEachFileOnceAndAfterItsImports() throws Exception {
    try (GrpcPeer peer = GrpcPeer.v1(ShopFiles.ORDERS, ShopFiles.STOCK)) {
      Ran ran = fetch(peer);

      assertThat(ran.err()).isEmpty();
      assertThat(ran.exit()).isZero();
      assertThat(ran.out())
          .contains("2 services in 6 files", "told by grpc.reflection.v1" + System.lineSeparator())
          .contains("  shop.v1.Orders", "  shop.v1.Stock", "descriptors: shop.binpb");
    }
    assertThat(files()).extracting(FileDescriptorProto::getName).containsExactlyElementsOf(ALL);
    Set<String> before = new HashSet<>();
    for (FileDescriptorProto file : files()) {
      assertThat(before).as(file.getName()).containsAll(file.getDependencyList());
      before.add(file.getName());
    }
    DescriptorSet set = ShopFiles.read(out());
    assertThat(set.answerTo("/shop.v1.Orders/Get")).isPresent();
    assertThat(set.answerTo("/shop.v1.Stock/Get")).isPresent();
  }

  @Test
  void theDescriptorsAreThoseThatProtocWrote() throws Exception {
    try (GrpcPeer peer = GrpcPeer.v1(ShopFiles.ORDERS)) {
      fetch(peer);
    }

    assertThat(files()).hasSize(5);
    assertThat(FileDescriptorSet.parseFrom(Files.readAllBytes(ShopFiles.SET)).getFileList())
        .containsAll(files());
  }

  @Test
  void oneServerGivesTheSameBytesInWhateverOrderItAnswers() throws Exception {
    byte[] first;
    try (GrpcPeer peer = GrpcPeer.v1(ShopFiles.ORDERS, ShopFiles.STOCK)) {
      fetch(peer);
      first = Files.readAllBytes(out());
      fetch(peer);
      assertThat(Files.readAllBytes(out())).isEqualTo(first);
    }
    try (GrpcPeer turned = GrpcPeer.v1(ShopFiles.STOCK, ShopFiles.ORDERS)) {
      fetch(turned);
      assertThat(Files.readAllBytes(out())).isEqualTo(first);
    }
  }

  @Test
  void importsThatComeWithTheFileInAnyOrderMakeTheSameBytes() throws Exception {
    byte[] one;
    try (GrpcPeer peer = GrpcPeer.v1(ShopFiles.ORDERS)) {
      fetch(peer);
      one = Files.readAllBytes(out());
    }
    List<FileDescriptorProto> all =
        ShopFiles.withImports(ShopFiles.ORDERS).stream().map(FileDescriptor::toProto).toList();
    for (List<FileDescriptorProto> sent : List.of(all, all.reversed())) {
      BindableService reflection =
          new ScriptedReflection(
              "shop.v1.Orders", question -> question.hasFileContainingSymbol() ? sent : List.of());
      try (GrpcPeer peer = GrpcPeer.with(reflection)) {
        assertThat(fetch(peer).err()).isEmpty();
        assertThat(Files.readAllBytes(out())).isEqualTo(one);
      }
    }
  }

  @Test
  void aServerThatKnowsTheOldVersionAloneIsAskedByIt() throws Exception {
    try (GrpcPeer peer = GrpcPeer.v1alpha(ShopFiles.ORDERS, ShopFiles.STOCK)) {
      Ran ran = fetch(peer);

      assertThat(ran.err()).isEmpty();
      assertThat(ran.out()).contains("2 services in 6 files", "told by grpc.reflection.v1alpha");
    }
    assertThat(files()).extracting(FileDescriptorProto::getName).containsExactlyElementsOf(ALL);
  }

  @Test
  void servicesThatAreNamedAreFetchedAlone() throws Exception {
    try (GrpcPeer peer = GrpcPeer.v1(ShopFiles.ORDERS, ShopFiles.STOCK)) {
      assertThat(fetch(peer, "--service", "shop.v1.Stock").exit()).isZero();
      assertThat(files())
          .extracting(FileDescriptorProto::getName)
          .containsExactly(
              "google/protobuf/timestamp.proto", "shop/v1/money.proto", "shop/v1/stock.proto");

      fetch(peer, "--service", "shop.v1.Stock", "--service=shop.v1.Orders");
      assertThat(files()).extracting(FileDescriptorProto::getName).containsExactlyElementsOf(ALL);
    }
  }

  @Test
  void overTlsTheServerIsTheOneThatTheAuthorityVouchesFor() throws Exception {
    TlsFiles files = TlsFiles.make(folder, "peer", "ip:127.0.0.1");
    try (GrpcPeer peer = GrpcPeer.tls(files)) {
      Ran ran = fetch(peer, "--tls-ca", files.certificate().toString());

      assertThat(ran.err()).isEmpty();
      assertThat(ran.exit()).isZero();
      assertThat(ShopFiles.read(out()).message("shop.v1.Order")).isPresent();
    }
  }

  @Test
  void asJsonItTellsWhatWasSavedAndTheDigestThatTheReaderSees() throws Exception {
    try (GrpcPeer peer = GrpcPeer.v1(ShopFiles.ORDERS)) {
      JsonNode json = new ObjectMapper().readTree(fetch(peer, "--json").out());

      assertThat(json.path("file").asText()).isEqualTo(out().toString());
      assertThat(json.path("bytes").asLong()).isEqualTo(Files.size(out()));
      assertThat(json.path("digest").asText()).isEqualTo(ShopFiles.read(out()).digest());
      assertThat(json.path("reflection").asText()).isEqualTo("grpc.reflection.v1");
      assertThat(json.path("services").toString()).isEqualTo("[\"shop.v1.Orders\"]");
      assertThat(json.path("files")).hasSize(5);
    }
  }

  @Test
  void anOlderSetIsReplacedWholeAlsoBehindALink() throws Exception {
    Path set = Files.writeString(folder.resolve("real.binpb"), "older");
    Files.createSymbolicLink(out(), set);
    try (GrpcPeer peer = GrpcPeer.v1(ShopFiles.ORDERS)) {
      fetch(peer);
    }

    assertThat(out()).isSymbolicLink();
    assertThat(ShopFiles.read(set).message("shop.v1.Order")).isPresent();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactlyInAnyOrder(out(), set);
    }
  }

  @Test
  void aFileThatIsSentAgainCountsOnce() throws Exception {
    FileDescriptorProto shared = ShopFiles.file("shared.proto");
    FileDescriptorProto odd = ShopFiles.withService("odd.proto", "a.proto", "shared.proto");
    FileDescriptorProto a = ShopFiles.file("a.proto", "shared.proto");
    BindableService reflection =
        new ScriptedReflection(
            "odd.Odd",
            (ServerReflectionRequest question) ->
                question.hasFileContainingSymbol() ? List.of(odd) : List.of(a, shared, odd));
    try (GrpcPeer peer = GrpcPeer.with(reflection)) {
      assertThat(fetch(peer).err()).isEmpty();
    }
    assertThat(files())
        .extracting(FileDescriptorProto::getName)
        .containsExactly("shared.proto", "a.proto", "odd.proto");
  }

  private Path out() {
    return folder.resolve("shop.binpb");
  }

  private Ran fetch(GrpcPeer peer, String... further) {
    List<String> words =
        Stream.concat(Stream.of(peer.url(), "--out", out().toString()), Stream.of(further))
            .toList();
    return Ran.fetch(Bounds.DEFAULT, words.toArray(String[]::new));
  }

  private List<FileDescriptorProto> files() throws IOException {
    return FileDescriptorSet.parseFrom(Files.readAllBytes(out())).getFileList();
  }
}
