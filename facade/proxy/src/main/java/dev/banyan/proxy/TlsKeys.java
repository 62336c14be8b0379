package dev.banyan.proxy;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The server's key and certificate, which can be exchanged between handshakes. Every exchange has a
 * number that is part of the alias, so that a handshake in the middle of one still gets the key of
 * the certificate that it shows.
 */
final class TlsKeys extends X509ExtendedKeyManager {
  private record Pair(long number, X509KeyManager keys) {}

  private record Known(Pair now, Pair before) {}

  private volatile Known known;

  TlsKeys(X509KeyManager first) {
    Pair pair = new Pair(0, first);
    known = new Known(pair, pair);
  }

  /** Handshakes that begin from now on get these. */
  synchronized void exchange(X509KeyManager keys) {
    Pair now = known.now();
    known = new Known(new Pair(now.number() + 1, keys), now);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    Pair now = known.now();
    String alias =
        now.keys() instanceof X509ExtendedKeyManager extended
            ? extended.chooseEngineServerAlias(keyType, issuers, engine)
            : now.keys().chooseServerAlias(keyType, issuers, null);
    return alias == null ? null : now.number() + ":" + alias;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    Pair now = known.now();
    String alias = now.keys().chooseServerAlias(keyType, issuers, socket);
    return alias == null ? null : now.number() + ":" + alias;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return pair(alias).keys().getCertificateChain(bare(alias));
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return pair(alias).keys().getPrivateKey(bare(alias));
  }

  private Pair pair(String alias) {
    Known all = known;
    return alias.startsWith(all.before().number() + ":") ? all.before() : all.now();
  }

  private static String bare(String alias) {
    return alias.substring(alias.indexOf(':') + 1);
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
