package dev.banyan.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A self-signed certificate for this machine and its key, PEM.
 *
 * @param both one file with certificate and key, as HAProxy wants it
 */
record Certificate(Path certificate, Path key, Path both) {
  private static final String PASSWORD = "changeit";

  /** Makes one with the JDK's own keytool. */
  static Certificate in(Path folder) throws IOException, InterruptedException {
    Path store = folder.resolve("bench.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process made =
        new ProcessBuilder(
                List.of(
                    keytool.toString(),
                    "-genkeypair",
                    "-alias",
                    "bench",
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "san=dns:localhost,ip:127.0.0.1",
                    "-validity",
                    "2",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD,
                    "-keystore",
                    store.toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (made.waitFor() != 0) {
      throw new IOException("keytool: exit " + made.exitValue() + " (expected: 0)");
    }
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      String certificate = pem("CERTIFICATE", keys.getCertificate("bench").getEncoded());
      String key = pem("PRIVATE KEY", keys.getKey("bench", PASSWORD.toCharArray()).getEncoded());
      return new Certificate(
          Files.writeString(folder.resolve("bench.crt"), certificate),
          Files.writeString(folder.resolve("bench.key"), key),
          Files.writeString(folder.resolve("bench.pem"), certificate + key));
    } catch (GeneralSecurityException e) {
      throw new IOException("certificate: unreadable (expected: as keytool made it)", e);
    }
  }

  private static String pem(String what, byte[] der) {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
  }
}
