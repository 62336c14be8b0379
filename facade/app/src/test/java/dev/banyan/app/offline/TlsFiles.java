package dev.banyan.app.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A self-signed certificate, made for one test.
 *
 * @param certificate PEM
 * @param key PEM, PKCS #8
 */
record TlsFiles(Path certificate, Path key) {
  private static final String PASSWORD = "changeit";

  /**
   * @param names such as {@code ip:127.0.0.1}
   */
  static TlsFiles make(Path folder, String alias, String names) throws Exception {
    Path file = folder.resolve(alias + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + alias,
                "-ext",
                "san=" + names,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return new TlsFiles(
        pem(
            folder.resolve(alias + ".crt"),
            "CERTIFICATE",
            store.getCertificate(alias).getEncoded()),
        pem(
            folder.resolve(alias + ".key"),
            "PRIVATE KEY",
            store.getKey(alias, PASSWORD.toCharArray()).getEncoded()));
  }

  private static Path pem(Path file, String type, byte[] bytes) throws Exception {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return Files.writeString(
        file, "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
  }
}
