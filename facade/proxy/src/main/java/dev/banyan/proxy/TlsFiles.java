package dev.banyan.proxy;

import io.netty.handler.ssl.util.KeyManagerFactoryWrapper;
import io.netty.handler.ssl.util.TrustManagerFactoryWrapper;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * What the TLS port shows and whom it believes, read from the listener's files and read again
 * without closing the port: connections that stand keep what they have, new ones get the new. Files
 * are taken together or not at all.
 */
final class TlsFiles {
  private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");

  private final TlsListener listener;
  private final Vertx vertx;
  private final TlsKeys keys;
  private final @Nullable TlsTrust trust;

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  TlsFiles(TlsListener listener, Vertx vertx) {
    this.listener = listener;
    this.vertx = vertx;
    keys = new TlsKeys(readKeys());
    trust = listener.clientCa().map(ca -> new TlsTrust(readTrust(ca))).orElse(null);
  }

  /**
   * Reads them again; never on an event loop.
   *
   * @throws IllegalArgumentException with a message for the user; nothing has changed then
   */
  void reload() {
    X509KeyManager nextKeys = readKeys();
    TlsTrust believed = trust;
    if (believed != null) {
      believed.exchange(readTrust(listener.clientCa().orElseThrow()));
    }
    keys.exchange(nextKeys);
  }

  void configure(HttpServerOptions options) {
    options
        .setSsl(true)
        .setUseAlpn(true)
        .setEnabledSecureTransportProtocols(PROTOCOLS)
        .setKeyCertOptions(KeyCertOptions.wrap(new KeyManagerFactoryWrapper(keys)));
    if (trust != null) {
      options
          .setClientAuth(ClientAuth.REQUIRED)
          .setTrustOptions(TrustOptions.wrap(new TrustManagerFactoryWrapper(trust)));
    }
  }

  int port() {
    return listener.port();
  }

  private X509KeyManager readKeys() {
    Path certificate = listener.certificate();
    PemKeyCertOptions files =
        new PemKeyCertOptions()
            .setCertPath(certificate.toString())
            .setKeyPath(listener.key().toString());
    try {
      for (KeyManager one : files.getKeyManagerFactory(vertx).getKeyManagers()) {
        if (one instanceof X509KeyManager found) {
          check(found);
          return found;
        }
      }
    } catch (Exception unreadable) {
      throw new IllegalArgumentException(
          "TLS certificate and key: "
              + certificate
              + ", "
              + listener.key()
              + " (expected: PEM files that belong together): "
              + unreadable.getMessage(),
          unreadable);
    }
    throw new IllegalArgumentException("TLS certificate: " + certificate + " (expected: X.509)");
  }

  /** While two files are being replaced, one of them may still be the old one. */
  private static void check(X509KeyManager found) throws GeneralSecurityException {
    for (String type : new String[] {"EC", "RSA", "EdDSA", "RSASSA-PSS", "DSA"}) {
      String[] aliases = found.getServerAliases(type, null);
      if (aliases != null && aliases.length > 0) {
        X509Certificate[] chain = found.getCertificateChain(aliases[0]);
        if (!belong(found.getPrivateKey(aliases[0]), chain[0].getPublicKey())) {
          throw new GeneralSecurityException("the key is not that of the certificate");
        }
        return;
      }
    }
    throw new GeneralSecurityException("no key that a server could use");
  }

  private static boolean belong(PrivateKey key, PublicKey shown) throws GeneralSecurityException {
    if (!key.getAlgorithm().equals(shown.getAlgorithm())) {
      return false;
    }
    if (key.getAlgorithm().equals("RSASSA-PSS")) {
      return true; // To try it would need the parameters that the certificate asks for.
    }
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          case "DSA" -> "SHA256withDSA";
          default -> key.getAlgorithm();
        };
    byte[] sample = {1, 2, 3};
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(key);
    signing.update(sample);
    byte[] signature = signing.sign();
    Signature verifying = Signature.getInstance(algorithm);
    verifying.initVerify(shown);
    verifying.update(sample);
    return verifying.verify(signature);
  }

  private X509ExtendedTrustManager readTrust(Path ca) {
    try {
      PemTrustOptions file = new PemTrustOptions().addCertPath(ca.toString());
      for (TrustManager one : file.getTrustManagerFactory(vertx).getTrustManagers()) {
        if (one instanceof X509ExtendedTrustManager found) {
          return found;
        }
      }
    } catch (Exception unreadable) {
      throw new IllegalArgumentException(
          "TLS client CA: " + ca + " (expected: a PEM file): " + unreadable.getMessage(),
          unreadable);
    }
    throw new IllegalArgumentException("TLS client CA: " + ca + " (expected: X.509)");
  }
}
