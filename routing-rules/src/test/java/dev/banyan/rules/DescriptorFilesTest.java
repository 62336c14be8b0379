package dev.banyan.rules;

import static dev.banyan.rules.RuleFiles.accepted;
import static dev.banyan.rules.RuleFiles.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets of descriptors that profiles name. */
class DescriptorFilesTest {
  private static final Path SETS = Path.of("src/test/resources/descriptors");
  private static final Path SAMPLE = Path.of("src/test/resources/accepted/protobuf.yaml");

  @TempDir Path folder;
  private Path rules;

  @BeforeEach
  void copySets() throws IOException {
    rules = folder.resolve("rules.yaml");
    Files.createDirectory(folder.resolve("sets"));
    for (String name : new String[] {"orders", "without-imports", "no-set"}) {
      Files.copy(SETS.resolve(name + ".binpb"), folder.resolve("sets/" + name + ".binpb"));
    }
  }

  @Test
  void aProfileHasTheTypesOfItsSetAndHandsThemOn() {
    RuleSet read = accepted(RuleSetReader.read(SAMPLE));

    ProtobufTypes types = read.profiles().get("orders-grpc").protobuf().orElseThrow();
    assertThat(types.message()).contains("shop.v1.Order");
    assertThat(types.set().answerTo("/shop.v1.Orders/List").orElseThrow().getFullName())
        .isEqualTo("shop.v1.Order");
    assertThat(types.set().answerTo("/old/shop.v1.Orders/Get?x=1")).isPresent();
    assertThat(types.set().answerTo("/shop.v1.Orders/Gone")).isEmpty();
    ProtobufTypes old = read.profiles().get("orders-old").protobuf().orElseThrow();
    assertThat(old.message()).contains("shop.v1.Old");
    assertThat(old.set()).isEqualTo(types.set());
    assertThat(read.profiles().get("dotnet-json").protobuf()).isEmpty();
  }

  @Test
  void aSetThatChangesMakesAnotherRuleSetOfTheSameText() throws IOException {
    write("descriptors: sets/orders.binpb");
    RuleSet before = accepted(RuleSetReader.read(rules));
    Path set = folder.resolve("sets/orders.binpb");
    byte[] bytes = Files.readAllBytes(set);
    assertThat(accepted(RuleSetReader.read(rules))).isEqualTo(before);

    // An unknown field at the end: other bytes, the same types.
    byte[] longer = java.util.Arrays.copyOf(bytes, bytes.length + 3);
    longer[bytes.length] = (byte) 0xa0;
    longer[bytes.length + 1] = 0x06;
    longer[bytes.length + 2] = 1;
    Files.write(set, longer);
    RuleSet after = accepted(RuleSetReader.read(rules));

    assertThat(after.digest()).isNotEqualTo(before.digest());
    assertThat(after.profiles().get("p")).isNotEqualTo(before.profiles().get("p"));
  }

  @Test
  void whatCannotBeUsedIsToldWithPlaceValueAndCure() throws IOException {
    assertThat(problemOf("descriptors: sets/gone.binpb"))
        .isEqualTo(
            "descriptors: sets/gone.binpb: there is no such file (expected a path relative to this"
                + " rule file)");
    assertThat(problemOf("descriptors: sets"))
        .startsWith("descriptors: sets: there is no such file");
    assertThat(problemOf("descriptors: sets/no-set.binpb"))
        .isEqualTo(
            "descriptors: sets/no-set.binpb: no set of descriptors (expected what protoc"
                + " --include_imports --descriptor_set_out=FILE writes)");
    assertThat(problemOf("descriptors: 12")).startsWith("descriptors: ");
    assertThat(problemOf("message: shop.v1.Order"))
        .isEqualTo("message: shop.v1.Order (name its descriptors beside it)");
    assertThat(problemOf("descriptors: sets/orders.binpb\n    message: shop.v1.Ordre"))
        .startsWith("message: shop.v1.Ordre is not defined (did you mean shop.v1.Order?");
  }

  @Test
  void everyMissingImportIsAProblem() throws IOException {
    write("descriptors: sets/without-imports.binpb");

    assertThat(problems(RuleSetReader.read(rules)))
        .hasSize(4)
        .allSatisfy(
            problem ->
                assertThat(problem)
                    .contains("shop/v1/orders.proto imports ")
                    .endsWith(", which is not in the set (make it with protoc --include_imports)"))
        .anySatisfy(problem -> assertThat(problem).contains("imports shop/v1/money.proto"));
  }

  @Test
  void whoWatchesTheRulesIsToldTheFilesBesideThem() throws IOException {
    write("descriptors: sets/gone.binpb");
    Set<Path> beside = new HashSet<>();

    RuleSetReader.read(rules, beside::addAll);

    assertThat(beside).containsExactly(folder.resolve("sets/gone.binpb"));
  }

  private String problemOf(String keys) throws IOException {
    write(keys);
    String problem = problems(RuleSetReader.read(rules)).getFirst();
    return problem.substring(problem.indexOf(": ", problem.indexOf("profiles.p")) + 2);
  }

  private void write(String keys) throws IOException {
    Files.writeString(
        rules,
        """
        version: 1
        upstreams: { legacy: { url: "http://127.0.0.1:5000" } }
        routes: [{ id: all, match: { path: /** }, legacy: legacy, compare: p }]
        profiles:
          p:
            %s
        """
            .formatted(keys));
  }
}
