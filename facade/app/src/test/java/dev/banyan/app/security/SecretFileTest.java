package dev.banyan.app.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {
  @TempDir Path folder;
  private SecretFile secret;

  @BeforeEach
  void nameIt() {
    secret = new SecretFile(folder.resolve("secret"));
  }

  @Test
  void itIsMadeOnceAndIsItsOwnersAlone() throws IOException {
    assertThat(secret.provide()).isEqualTo(SecretFile.Provided.MADE);
    String value = secret.value();

    assertThat(secret.provide()).isEqualTo(SecretFile.Provided.FOUND);

    assertThat(secret.value()).isEqualTo(value);
    assertThat(Base64.getUrlDecoder().decode(value)).hasSize(32);
    assertThat(permissions()).isEqualTo("rw-------");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(secret.path());
    }
  }

  @Test
  void aFileThatOthersCouldReadIsClosedToThem() throws IOException {
    secret.provide();
    Files.setPosixFilePermissions(secret.path(), PosixFilePermissions.fromString("rw-r--r--"));

    secret.provide();

    assertThat(permissions()).isEqualTo("rw-------");
  }

  @Test
  void aDamagedSecretIsRefusedRatherThanUsed() throws IOException {
    Files.writeString(secret.path(), "\n");

    assertThatThrownBy(secret::provide)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("too short");
  }

  private String permissions() throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(secret.path()));
  }
}
