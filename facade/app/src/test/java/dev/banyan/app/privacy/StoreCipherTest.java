package dev.banyan.app.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.app.privacy.StoreCipher.Opened;
import dev.banyan.app.security.SecretFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreCipherTest {
  private static final String OLD = "old:" + key('o');
  private static final String NEW = "new:" + key('n');
  private static final byte[] PLAIN = "a value".getBytes(StandardCharsets.UTF_8);

  private final StoreCipher old = new StoreCipher(StoreKeys.of(List.of(OLD)));

  @Test
  void whatWasSealedIsOpenedAsTheSameRecordAndAsNoOther() {
    byte[] sealed = old.seal(PLAIN, "a/1");

    assertThat(old.open(sealed, "a/1"))
        .isInstanceOfSatisfying(
            Opened.Plain.class, plain -> assertThat(plain.bytes()).isEqualTo(PLAIN));
    assertThat(old.open(sealed, "a/2")).isInstanceOf(Opened.Unreadable.class);
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("value");
    assertThat(old.seal(PLAIN, "a/1")).isNotEqualTo(sealed);
  }

  @Test
  void theFirstKeyEncryptsAndAllDecrypt() {
    StoreCipher rotated = new StoreCipher(StoreKeys.of(List.of(NEW, OLD)));
    StoreCipher onlyNew = new StoreCipher(StoreKeys.of(List.of(NEW)));

    assertThat(rotated.open(old.seal(PLAIN, "r"), "r")).isInstanceOf(Opened.Plain.class);
    assertThat(onlyNew.open(rotated.seal(PLAIN, "r"), "r")).isInstanceOf(Opened.Plain.class);
    assertThat(onlyNew.open(old.seal(PLAIN, "r"), "r"))
        .isEqualTo(new Opened.Unreadable("its key is not configured: old"));
  }

  @Test
  void aChangedByteAnywhereMakesItUnreadable() {
    byte[] sealed = old.seal(PLAIN, "r");
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThat(old.open(changed, "r")).as("byte %d", i).isInstanceOf(Opened.Unreadable.class);
    }
    for (int length = 0; length < sealed.length; length++) {
      assertThat(old.open(java.util.Arrays.copyOf(sealed, length), "r"))
          .isInstanceOf(Opened.Unreadable.class);
    }
  }

  @Test
  void aKeyIsMadeOnceWhereNoneIsConfigured(@TempDir Path folder) throws Exception {
    SecretFile file = new SecretFile(folder.resolve("store-key"));

    StoreKeys first = StoreKeys.configured(Optional.empty(), file);
    StoreKeys second = StoreKeys.configured(Optional.empty(), file);

    assertThat(second.derived("x")).isEqualTo(first.derived("x")).hasSize(32);
    assertThat(first.derived("y")).isNotEqualTo(first.derived("x"));
    assertThat(Files.getPosixFilePermissions(file.path())).hasSize(2);
    assertThat(StoreKeys.configured(Optional.of(List.of(OLD)), file).first()).isEqualTo("old");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x:", "x:c2hvcnQ=", "not base64 at all!", "a b:AAAA", "x:secret-text"})
  void aKeyThatIsNoneIsRefusedAndNotQuoted(String written) {
    assertThatThrownBy(() -> StoreKeys.of(List.of(written)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("store key")
        .hasMessageNotContaining("secret-text");
    assertThatThrownBy(() -> StoreKeys.of(List.of(OLD, OLD)))
        .hasMessage("store key: id old twice (expected: once)");
  }

  @Test
  void aSilencedFailureTellsItsKindAndPlaceAndNothingElse() {
    Exception failure =
        new IllegalStateException("saw 4111", new IllegalArgumentException("saw jane"));

    Silenced silenced = Silenced.of(failure);

    assertThat(silenced).hasMessage("java.lang.IllegalStateException");
    assertThat(silenced.getStackTrace()).isEqualTo(failure.getStackTrace());
    assertThat(silenced.getCause()).hasMessage("java.lang.IllegalArgumentException");
  }

  private static String key(char letter) {
    return Base64.getEncoder()
        .encodeToString(String.valueOf(letter).repeat(32).getBytes(StandardCharsets.US_ASCII));
  }
}
