package dev.banyan.app.rules;

import java.util.function.Supplier;

/**
 * Files that are read again once they have changed and are still: two looks that agree, then a
 * reading, then a look that agrees again. Used by one thread.
 */
final class WatchedFiles {
  private final Supplier<FileMarks> marks;
  private final Runnable changed;
  private FileMarks read;
  private FileMarks before;

  WatchedFiles(Supplier<FileMarks> marks, Runnable changed) {
    this.marks = marks;
    this.changed = changed;
    this.read = marks.get();
    this.before = read;
  }

  void look() {
    FileMarks now = marks.get();
    if (!now.equals(read) && now.equals(before)) {
      changed.run();
      read = now; // Written meanwhile: the next look differs from this one, and reads again.
    }
    before = now;
  }
}
