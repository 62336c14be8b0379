package dev.banyan.app.security;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/**
 * A secret of 32 random bytes that is kept in a file of its owner's alone.
 *
 * @param path of the file; one line, base64url
 */
public record SecretFile(Path path) {
  private static final int BYTES = 32;
  private static final String OWNER_ONLY = "rw-------";

  /** Whether the secret is a new one. */
  public enum Provided {
    MADE,
    FOUND
  }

  /** Makes the secret if there is none yet; the file appears whole and owner-only, or not. */
  public Provided provide() throws IOException {
    if (!Files.exists(path) && make()) {
      return Provided.MADE;
    }
    if (value().length() < BYTES) {
      throw new IOException(
          path + ": too short a secret (expected: remove the file, and a new one is made)");
    }
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(OWNER_ONLY));
    return Provided.FOUND;
  }

  public String value() throws IOException {
    return Files.readString(path, StandardCharsets.US_ASCII).strip();
  }

  private boolean make() throws IOException {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Path whole =
        Files.createTempFile(
            path.toAbsolutePath().getParent(),
            path.getFileName() + ".",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
    try {
      try (FileChannel channel = FileChannel.open(whole, Set.of(StandardOpenOption.WRITE))) {
        channel.write(StandardCharsets.US_ASCII.encode(secret + "\n"));
        channel.force(true);
      }
      return appear(whole);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  /** A link, unlike a move, cannot replace the secret that another process made meanwhile. */
  private boolean appear(Path whole) throws IOException {
    try {
      Files.createLink(path, whole);
    } catch (FileAlreadyExistsException another) {
      return false;
    } catch (FileSystemException | UnsupportedOperationException noLinksHere) {
      Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE);
    }
    return true;
  }
}
