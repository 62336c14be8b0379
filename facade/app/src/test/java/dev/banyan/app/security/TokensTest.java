package dev.banyan.app.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
  private static final String ADAS = "a".repeat(32);

  @TempDir Path people;

  @Test
  void aTokenSaysWhoseItIs() throws IOException {
    Files.writeString(people.resolve("ada"), ADAS + "\n");

    Tokens tokens = Tokens.read("the admin token", people);

    assertThat(tokens.holder(ADAS)).contains("ada");
    assertThat(tokens.holder("the admin token")).contains("admin");
    assertThat(tokens.holder("guess")).isEmpty();
    assertThat(tokens.holder("")).isEmpty();
  }

  @Test
  void withoutPeopleThereIsTheAdminTokenAlone() throws IOException {
    Tokens tokens = Tokens.read("the admin token", people.resolve("missing"));

    assertThat(tokens.byName()).containsOnlyKeys("admin");
  }

  @Test
  void aWeakTokenAndANameThatIsTakenAreRefused() throws IOException {
    Files.writeString(people.resolve("ada"), "short");
    assertThatThrownBy(() -> Tokens.read("t", people))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("too short");

    Files.delete(people.resolve("ada"));
    Files.writeString(people.resolve("Admin"), ADAS);
    assertThatThrownBy(() -> Tokens.read("t", people))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a person's name");
  }
}
