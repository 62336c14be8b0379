package dev.banyan.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The schema that editors use says nothing that the reader does not say. */
class RuleSetSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(RuleSet.class.getResourceAsStream("rule-set.schema.json"));

  @ParameterizedTest
  @MethodSource("dev.banyan.rules.RuleFiles#accepted")
  void whatTheReaderAcceptsTheSchemaAccepts(Path file) {
    assertThat(errors(RuleFiles.text(file))).isEmpty();
  }

  @Test
  void whatTheReaderAcceptsOfMutatedFilesTheSchemaAccepts() {
    List<String> accepted =
        Mutations.ofAcceptedFiles(4000)
            .filter(text -> RuleSetReader.read("m", text) instanceof ReadResult.Accepted)
            .toList();

    System.out.println("accepted mutations: " + accepted.size());
    assertThat(accepted).hasSizeGreaterThan(100);
    assertThat(accepted).allSatisfy(text -> assertThat(errors(text)).as(text).isEmpty());
  }

  /** The others break what a schema cannot say: names, ties, circles, or YAML itself. */
  @ParameterizedTest
  @MethodSource("refusable")
  void theSchemaRefusesWhatIsWrongByItself(Path file) {
    assertThat(errors(RuleFiles.text(file))).isNotEmpty();
  }

  static List<Path> refusable() {
    List<String> beyond =
        List.of(
            "undefined-names",
            "ties",
            "paths-that-meet",
            "twice",
            "no-routes",
            "no-yaml",
            "tabs",
            "two-documents",
            "keys",
            "tags-and-aliases");
    return RuleFiles.rejected().stream()
        .filter(f -> !beyond.contains(f.getFileName().toString().replace(".yaml", "")))
        .toList();
  }

  @Test
  void theSchemaFindsMostOfTheTwelveMistakes() {
    assertThat(errors(RuleFiles.text(Path.of("src/test/resources/rejected/twelve-mistakes.yaml"))))
        .hasSizeGreaterThanOrEqualTo(8);
  }

  private static Collection<?> errors(String text) {
    try {
      Object document =
          new Load(LoadSettings.builder().build()).loadFromString(PathQuoting.quote(text));
      return SCHEMA.validate(JSON.writeValueAsString(document), InputFormat.JSON);
    } catch (JsonProcessingException | YamlEngineException e) {
      throw new AssertionError(text, e);
    }
  }
}
