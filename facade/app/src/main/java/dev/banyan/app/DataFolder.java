package dev.banyan.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/** The folder in which the facade keeps what outlives it; its owner's alone. */
public record DataFolder(Path path) {
  private static final int TOKEN_BYTES = 32;

  /** Whether the token is a new one. */
  public enum Token {
    MADE,
    FOUND
  }

  static DataFolder open(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    return new DataFolder(path.toRealPath());
  }

  /** Makes the admin token if there is none yet; the file is the owner's from its first byte on. */
  Token provideToken() throws IOException {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    try (var channel =
        Files.newByteChannel(
            tokenFile(),
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(StandardCharsets.US_ASCII.encode(token + "\n"));
      return Token.MADE;
    } catch (FileAlreadyExistsException present) {
      if (token().length() < TOKEN_BYTES) {
        throw new IOException(
            "admin token: "
                + tokenFile()
                + " is damaged (expected: remove it, and a new one is made)",
            present);
      }
      Files.setPosixFilePermissions(
          tokenFile(), Set.copyOf(PosixFilePermissions.fromString("rw-------")));
      return Token.FOUND;
    }
  }

  public String token() throws IOException {
    return Files.readString(tokenFile(), StandardCharsets.US_ASCII).strip();
  }

  public Path tokenFile() {
    return path.resolve("admin-token");
  }

  public Path adminUrlFile() {
    return path.resolve("admin-url");
  }

  public Path lastTableFile() {
    return path.resolve("last-table.json");
  }

  public Path contracts() throws IOException {
    return Files.createDirectories(path.resolve("contracts"));
  }
}
