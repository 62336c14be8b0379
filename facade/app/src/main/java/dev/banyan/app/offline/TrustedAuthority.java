package dev.banyan.app.offline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Certificates in a file, as those to trust instead of Java's own. */
final class TrustedAuthority {
  private TrustedAuthority() {}

  /**
   * @param file PEM, one certificate or several
   */
  static List<TrustManager> read(String file) throws WrongUsage {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw refused(file, "holds no certificate");
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate one : found) {
        store.setCertificateEntry("authority-" + store.size(), one);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      return List.of(trust.getTrustManagers());
    } catch (InvalidPathException | IOException unreadable) {
      throw refused(file, "cannot be read");
    } catch (GeneralSecurityException noCertificate) {
      throw refused(file, "holds no certificate");
    }
  }

  private static WrongUsage refused(String file, String why) {
    return new WrongUsage(
        "--tls-ca: " + file + " " + why + " (expected: a file with certificates, PEM)");
  }
}
