package dev.banyan.app.rules;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/** A file of somebody else's that is replaced whole: readers see the old one or the new one. */
record ReplacedFile(Path path) {
  /** Links are followed: the file they lead to is replaced, and they stay. */
  static ReplacedFile of(Path named) throws IOException {
    Path real = named.toRealPath();
    if (!Files.isWritable(real)) {
      throw new AccessDeniedException(real.toString());
    }
    return new ReplacedFile(real);
  }

  /** What is to be there, beside it under a hidden name, with the same rights; not in its place. */
  Next next(String text) throws IOException {
    // Hidden: neither the reader nor the watch looks at such files.
    Path file = Files.createTempFile(path.toAbsolutePath().getParent(), ".banyan-", ".next");
    Next next = new Next(file, path);
    try {
      sameRights(file);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        ByteBuffer rest = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      return next;
    } catch (IOException | RuntimeException failed) {
      next.close();
      throw failed;
    }
  }

  boolean holds(String text) throws IOException {
    return Files.readString(path).equals(text);
  }

  private void sameRights(Path file) throws IOException {
    PosixFileAttributeView from = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    PosixFileAttributeView to = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (from == null || to == null) {
      return;
    }
    PosixFileAttributes old = from.readAttributes();
    PosixFileAttributes fresh = to.readAttributes();
    if (!old.owner().equals(fresh.owner())) {
      to.setOwner(old.owner());
    }
    if (!old.group().equals(fresh.group())) {
      to.setGroup(old.group());
    }
    to.setPermissions(old.permissions());
  }

  /** Gone again unless it took its place. */
  record Next(Path file, Path target) implements AutoCloseable {
    void takesItsPlace() throws IOException {
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
      Files.deleteIfExists(file);
    }
  }
}
