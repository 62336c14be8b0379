package dev.banyan.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.contracts.Contract.Interaction;
import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.parity.privacy.Masking;
import dev.banyan.rules.PrivateFields;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContractMaskingTest {
  private final Masking masking =
      Masking.with(
          "key".getBytes(StandardCharsets.UTF_8),
          PrivateFields.of(List.of("name", "header.x-user")));

  @Test
  void pseudonymsAreMarkedWhereTheyStandAndReadBack() {
    Contract masked =
        ContractMasking.mask(
            contract(
                interaction(
                    "/orders/17",
                    "",
                    "{\"id\":17,\"name\":\"Jane\",\"lines\":[{\"to\":\"a@b.example\"},{\"to\":\"c@d.example\"}]}")),
            masking);

    Interaction interaction = masked.interactions().getFirst();
    assertThat(interaction.maskedAt()).containsExactlyInAnyOrder("$.name", "$.lines[*].to");
    assertThat(interaction.volatileAt()).containsExactly("$.id");
    String yaml = ContractYaml.write(masked);
    assertThat(yaml).contains("\"id\":17").doesNotContain("Jane", "b.example", "d.example");
    assertThat(ContractYaml.read("c.yaml", yaml)).isEqualTo(masked);
  }

  @Test
  void aTargetThatIsPrivateIsLeftOutAndAPrivateBodyIsSentAsItsPseudonym() {
    Contract masked =
        ContractMasking.mask(
            contract(
                interaction("/orders?mail=a@b.example", "", "{}"),
                interaction("/orders/17?page=2", "{\"name\":\"Jane\"}", "{\"id\":17}")),
            masking);

    assertThat(masked.interactions())
        .singleElement()
        .satisfies(
            interaction -> {
              assertThat(interaction.request().target()).isEqualTo("/orders/17?page=2");
              assertThat(interaction.maskedAt()).containsExactly(Interaction.MASKED_REQUEST);
            });
    assertThat(ContractYaml.write(masked)).doesNotContain("Jane");
  }

  @Test
  void anAnswerWithPrivateNamesCannotBeExpectedAndIsLeftOut() {
    Contract masked =
        ContractMasking.mask(contract(interaction("/all", "", "{\"a@b.example\":1}")), masking);

    assertThat(masked.interactions()).isEmpty();
  }

  @Test
  void whatHoldsNothingPrivateStaysAsItIs() {
    Contract contract = contract(interaction("/orders/17", "{\"n\":1}", "{\"id\":17}"));

    assertThat(ContractMasking.mask(contract, masking)).isEqualTo(contract);
  }

  private static Contract contract(Interaction... interactions) {
    return new Contract("r", "strict", Instant.EPOCH, List.of(interactions));
  }

  private static Interaction interaction(String target, String asked, String answered) {
    Headers json = new Headers(List.of(new Headers.Field("Content-Type", "application/json")));
    return new Interaction(
        "GET " + target,
        new RequestCopy(
            "GET", target, json, new Body.Whole(asked.getBytes(StandardCharsets.UTF_8))),
        new Observation.Answered(
            200,
            json,
            new Body.Whole(answered.getBytes(StandardCharsets.UTF_8)),
            Headers.NONE,
            Duration.ZERO,
            Duration.ZERO),
        Set.of("$.id"));
  }
}
