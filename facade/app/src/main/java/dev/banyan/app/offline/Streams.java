package dev.banyan.app.offline;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Standard output and error in UTF-8, whatever the terminal's locale: files hold all letters. */
final class Streams {
  private Streams() {}

  static PrintStream out() {
    return new PrintStream(
        new java.io.BufferedOutputStream(new FileOutputStream(FileDescriptor.out)),
        true,
        StandardCharsets.UTF_8);
  }

  static PrintStream err() {
    return new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
  }
}
