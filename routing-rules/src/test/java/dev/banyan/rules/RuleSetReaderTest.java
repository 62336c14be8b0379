package dev.banyan.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class RuleSetReaderTest {
  private static final Path RESOURCES = Path.of("src/test/resources");

  static List<Path> accepted() throws IOException {
    List<Path> files = new ArrayList<>(list(RESOURCES.resolve("accepted")));
    files.addAll(list(Path.of("samples")));
    return files;
  }

  static List<Path> rejected() throws IOException {
    return list(RESOURCES.resolve("rejected")).stream()
        .filter(f -> f.toString().endsWith(".yaml"))
        .toList();
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void whatTheReaderAcceptsTheSchemaAcceptsToo(Path file) throws IOException {
    assertThat(RuleSetReader.read(file)).isInstanceOf(ReadResult.Accepted.class);
    assertThat(schemaErrors(file)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rejected")
  void everyProblemIsToldWithPlaceAndCure(Path file) throws IOException {
    ReadResult result = read(file);

    List<String> told =
        ((ReadResult.Rejected) result).problems().stream().map(Problem::toString).toList();
    List<String> expected =
        Files.readAllLines(Path.of(file.toString().replace(".yaml", ".problems")));
    assertThat(told).hasSameSizeAs(expected);
    for (int i = 0; i < told.size(); i++) {
      assertThat(told.get(i)).startsWith(expected.get(i));
    }
  }

  @Test
  void theSchemaRefusesWhatIsMisspelt() throws IOException {
    assertThat(schemaErrors(RESOURCES.resolve("rejected/twelve-mistakes.yaml")))
        .hasSizeGreaterThan(7);
  }

  @Test
  void everyKeyArrivesInTheRuleSet() throws IOException {
    RuleSet rules = accept(RESOURCES.resolve("accepted/everything.yaml"));

    RouteTarget.Forward forward = (RouteTarget.Forward) rules.routes().get(0).target();
    assertThat(rules.routes().get(0).match().headers()).containsEntry("x-tenant", "blue");
    assertThat(rules.routes().get(0).match().query()).containsEntry("full", "true");
    assertThat(rules.routes().get(0).match().host()).contains("*.shop.example");
    assertThat(forward.firstStage()).isEqualTo(new Stage.Canary(new Share(250)));
    assertThat(forward.shadow().maxBody()).isEqualTo(64 * 1024);
    assertThat(forward.shadow().sample()).isEqualTo(new Share(1250));
    assertThat(forward.shadow().credentials()).isEqualTo(ShadowPolicy.Credentials.FORWARD);
    assertThat(forward.budget())
        .isEqualTo(new Budget(Optional.of(Duration.ofMillis(200)), Optional.of(new Share(10))));
    assertThat(forward.gate())
        .isEqualTo(new GatePolicy(new Share(10), 0.99, 500, GatePolicy.Contracts.REQUIRED));
    assertThat(rules.upstreams().get("legacy").urls()).hasSize(2);
    assertThat(rules.profiles().get("orders-json").headers())
        .containsExactlyInAnyOrder("content-type", "etag");
    assertThat(rules.profiles().get("orders-json").tolerances()).hasSize(1);
    assertThat(rules.routes().get(1).target()).isEqualTo(new RouteTarget.Refusal(404));
  }

  @Test
  void aTemplateNeedsNoQuotes() throws IOException {
    RuleSet rules = accept(RESOURCES.resolve("accepted/unquoted-templates.yaml"));

    assertThat(rules.routes().stream().map(r -> r.match().path().toString()))
        .containsExactly("/api/products/{id}", "/api/{kind}/{id}", "/a/{id}", "/b/{id}");
  }

  @Test
  void theFilesOfAFolderAreOneRuleSet(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("b.yml"),
        "version: 1\nroutes: [{ id: a, match: { path: /** }, legacy: legacy }]\n");
    Files.writeString(
        folder.resolve("a.yaml"),
        "version: 1\nupstreams: { legacy: { url: 'http://127.0.0.1:1' } }\n");
    Files.writeString(folder.resolve("notes.txt"), "not a rule");

    assertThat(accept(folder).routes()).hasSize(1);
  }

  @Test
  void aMissingFileIsAProblemNotAnException() {
    assertThat(RuleSetReader.read(Path.of("no-such-file.yaml")))
        .isInstanceOfSatisfying(
            ReadResult.Rejected.class,
            rejected -> assertThat(rejected.problems().get(0).what()).contains("cannot be read"));
  }

  @Test
  void deepNestingAndBadBytesAreProblemsNotExceptions(@TempDir Path folder) throws IOException {
    Path bytes = Files.write(folder.resolve("x.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0x41});

    assertThat(RuleSetReader.read("deep", "[".repeat(200_000)))
        .isInstanceOf(ReadResult.Rejected.class);
    assertThat(RuleSetReader.read("loop", "&a [*a]")).isInstanceOf(ReadResult.Rejected.class);
    assertThat(RuleSetReader.read(bytes)).isInstanceOf(ReadResult.Rejected.class);
  }

  private static ReadResult read(Path file) throws IOException {
    return RuleSetReader.read(
        file.getFileName().toString(), Files.readString(file, StandardCharsets.UTF_8));
  }

  private static RuleSet accept(Path file) {
    ReadResult result = RuleSetReader.read(file);
    assertThat(result).isInstanceOf(ReadResult.Accepted.class);
    return ((ReadResult.Accepted) result).rules();
  }

  private static List<?> schemaErrors(Path file) throws IOException {
    Object document =
        new Load(LoadSettings.builder().build())
            .loadFromString(PathQuoting.quote(Files.readString(file)));
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(RuleSetReaderTest.class.getResourceAsStream("rule-set.schema.json"));
    return List.copyOf(
        schema.validate(new ObjectMapper().writeValueAsString(document), InputFormat.JSON));
  }
}
