package dev.banyan.app.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.app.reflection.Bounds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked wrongly is told before any server is. */
class DescriptorsFetchUsageTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "no URL,--out F/a,URL: [] (expected: one)",
    "two,http://a:1 http://b:1 --out F/a,'URL: [http://a:1, http://b:1] (expected: one)'",
    "no scheme,localhost:5001 --out F/a,URL: localhost:5001 (expected: http://HOST:PORT",
    "another scheme,grpc://a:1 --out F/a,URL: grpc://a:1 (expected",
    "a path,http://a:1/shop --out F/a,URL: http://a:1/shop (expected",
    "a user,http://me@a:1 --out F/a,URL: http://me@a:1 (expected",
    "a port that is none,http://a:70000 --out F/a,URL: http://a:70000 (expected",
    "no file,http://a:1,--out:  (expected: a file",
    "no folder,http://a:1 --out F/none/a,none/a (expected: a file",
    "a folder,http://a:1 --out F,'(expected: a file, in a folder that is there)'",
    "no TLS,http://a:1 --out F/a --tls-ca F/ca,(expected: only with https://)",
    "no CA,https://a:1 --out F/a --tls-ca F/none,none cannot be read (expected: a file with",
    "none in it,https://a:1 --out F/a --tls-ca F/text,text holds no certificate (expected",
    "an option,http://a:1 --out F/a --insecure,option: --insecure (expected: one of [",
    "no value,http://a:1 --out,option: --out without a value (expected"
  })
  void isTold(String name, String words, String expected) throws Exception {
    Files.writeString(folder.resolve("text"), "no certificate");

    Ran ran = Ran.fetch(Bounds.DEFAULT, words.replace("F", folder.toString()).split(" "));

    assertThat(ran.exit()).as(name).isEqualTo(2);
    assertThat(ran.err()).contains(expected, "usage: banyan descriptors fetch URL --out FILE");
    assertThat(ran.out()).isEmpty();
    assertThat(List.of(folder.toFile().list())).containsExactly("text");
  }
}
