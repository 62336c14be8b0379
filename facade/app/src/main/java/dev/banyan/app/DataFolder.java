package dev.banyan.app;

import dev.banyan.app.security.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The folder in which the facade keeps what outlives it; its owner's alone. */
public record DataFolder(Path path) {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  static DataFolder open(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectories(path, OWNER_ONLY);
    }
    return new DataFolder(path.toRealPath());
  }

  /** Makes the admin token if there is none yet. */
  SecretFile.Provided provideToken() throws IOException {
    return new SecretFile(tokenFile()).provide();
  }

  public String token() throws IOException {
    return new SecretFile(tokenFile()).value();
  }

  /** Makes the scraper's token, which opens the metrics and nothing else, if there is none yet. */
  SecretFile.Provided provideMetricsToken() throws IOException {
    return new SecretFile(metricsTokenFile()).provide();
  }

  public String metricsToken() throws IOException {
    return new SecretFile(metricsTokenFile()).value();
  }

  /** Makes the secret that signs Banyan's own cookies, if there is none yet. */
  SecretFile.Provided provideSideSecret() throws IOException {
    return new SecretFile(sideSecretFile()).provide();
  }

  String sideSecret() throws IOException {
    return new SecretFile(sideSecretFile()).value();
  }

  private Path sideSecretFile() {
    return path.resolve("side-secret");
  }

  private Path metricsTokenFile() {
    return path.resolve("metrics-token");
  }

  /** Tokens of people, one file each, named like its person; may be missing. */
  public Path people() {
    return path.resolve("people");
  }

  public Path tokenFile() {
    return path.resolve("admin-token");
  }

  /** The key of stored values, where the configuration gives none. */
  public SecretFile storeKey() {
    return new SecretFile(path.resolve("store-key"));
  }

  public Path adminUrlFile() {
    return path.resolve("admin-url");
  }

  public Path lastTableFile() {
    return path.resolve("last-table.json");
  }

  /** Recorded answers are in there: the owner's alone, also where the data folder is not. */
  public Path contracts() throws IOException {
    Path folder = path.resolve("contracts");
    return Files.isDirectory(folder) ? folder : Files.createDirectories(folder, OWNER_ONLY);
  }
}
