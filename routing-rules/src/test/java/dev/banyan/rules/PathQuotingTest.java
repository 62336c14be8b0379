package dev.banyan.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathQuotingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ methods: [GET], path: /a/{id} } | { methods: [GET], path: \"/a/{id}\" }",
        "{ path: /a/{x}/{y}, methods: [GET] } | { path: \"/a/{x}/{y}\", methods: [GET] }",
        "{path: /a/{id}} | {path: \"/a/{id}\"}",
        "path: /a/{id} | path: \"/a/{id}\"",
        "path: /a/** | path: /a/**",
        "path: \"/a/{id}\" | path: \"/a/{id}\"",
        "base-path: /a/{id} | base-path: /a/{id}",
      })
  void aTemplateNeedsNoQuotesAnywhere(String written, String read) {
    assertThat(PathQuoting.quote(written)).isEqualTo(read);
  }
}
