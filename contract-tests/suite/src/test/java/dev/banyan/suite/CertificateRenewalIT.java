package dev.banyan.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The running facade follows the files of its TLS port by itself. */
class CertificateRenewalIT {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path folder;

  @Test
  void aRenewedCertificateIsTakenAndABrokenOneIsNot() throws Exception {
    KeyStore all = KeyStore.getInstance("PKCS12");
    all.load(null, null);
    make("first", all);
    make("second", all);
    install("first", "first");
    int port = Processes.freePort();
    try (NamedUpstream upstream = new NamedUpstream("one");
        Facade facade =
            Facade.start(
                folder,
                rules(upstream),
                Map.of(
                    "BANYAN_RULES_WATCH", "100ms",
                    "BANYAN_TLS_PORT", Integer.toString(port),
                    "BANYAN_TLS_CERTIFICATE", folder.resolve("server.crt").toString(),
                    "BANYAN_TLS_KEY", folder.resolve("server.key").toString()))) {
      assertThat(shown(port, all)).isEqualTo("CN=first");

      install("second", "first");
      Await.until(
          () -> Files.readString(folder.resolve("facade.out")).contains("not taken"),
          "the log to tell of a key that does not fit");
      assertThat(shown(port, all)).isEqualTo("CN=first");

      install("second", "second");
      Await.until(() -> shown(port, all).equals("CN=second"), "the renewed certificate");
      assertThat(facade.process().isAlive()).isTrue();
    }
  }

  private void install(String certificate, String key) throws IOException {
    replace(certificate + ".crt", "server.crt");
    replace(key + ".key", "server.key");
  }

  private void replace(String from, String to) throws IOException {
    Path next = Files.copy(folder.resolve(from), folder.resolve("next"));
    Files.move(next, folder.resolve(to), StandardCopyOption.ATOMIC_MOVE);
  }

  private static String shown(int port, KeyStore believed) throws Exception {
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(believed);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.setSoTimeout(15_000);
      socket.startHandshake();
      X509Certificate first = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return first.getSubjectX500Principal().getName();
    }
  }

  private void make(String name, KeyStore all) throws Exception {
    Path store = folder.resolve(name + ".p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process made =
        new ProcessBuilder(
                (keytool
                        + " -genkeypair -alias own -keyalg EC -dname CN="
                        + name
                        + " -ext san=ip:127.0.0.1 -validity 2 -storetype PKCS12 -storepass changeit"
                        + " -keystore "
                        + store)
                    .split(" "))
            .redirectErrorStream(true)
            .start();
    String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(made.waitFor()).as(said).isZero();
    KeyStore own = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      own.load(in, PASSWORD);
    }
    all.setCertificateEntry(name, own.getCertificate("own"));
    pem(name + ".crt", "CERTIFICATE", own.getCertificate("own").getEncoded());
    pem(name + ".key", "PRIVATE KEY", own.getKey("own", PASSWORD).getEncoded());
  }

  private void pem(String file, String kind, byte[] bytes) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
  }

  private static String rules(NamedUpstream legacy) {
    return """
        version: 1
        upstreams:
          legacy: { url: http://127.0.0.1:%d }
        routes:
          - { id: everything, match: { path: /** }, legacy: legacy }
        """
        .formatted(legacy.port());
  }
}
