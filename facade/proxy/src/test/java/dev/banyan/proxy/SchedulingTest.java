package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
final class SchedulingTest {
  /** Where {@code /proc/thread-self/stat} tells how nice a thread is, behind its name. */
  private static final int NICE = 16;

  @Test
  void shortSlicesAreTakenAndLeaveThePriorityAsItWas() throws Exception {
    // Kernels before 6.12 take the wish and keep their own slice.
    assertThat(
            inThread(
                () -> {
                  int before = niceness();
                  boolean taken = Scheduling.inShortSlices();
                  return taken && niceness() == before;
                }))
        .isTrue();
  }

  @Test
  void whoLetsOthersGoFirstIsNicerByTenAndNoMoreThanPossible() throws Exception {
    int usual = inThread(SchedulingTest::niceness);

    assertThat(inThread(() -> Scheduling.behindOthers() ? niceness() : -1))
        .isEqualTo(Math.min(19, usual + 10));
    assertThat(inThread(SchedulingTest::twiceBehindOthers)).isEqualTo(19);
    assertThat(inThread(SchedulingTest::niceness)).as("of other threads").isEqualTo(usual);
  }

  private static int twiceBehindOthers() throws Exception {
    assertThat(Scheduling.behindOthers()).isTrue();
    assertThat(Scheduling.behindOthers()).isTrue();
    return niceness();
  }

  private static <T> T inThread(Callable<T> asked) throws Exception {
    FutureTask<T> task = new FutureTask<>(asked);
    Thread.ofPlatform().start(task);
    return task.get();
  }

  private static int niceness() throws Exception {
    String line = Files.readString(Path.of("/proc/thread-self/stat"));
    return Integer.parseInt(line.substring(line.lastIndexOf(')') + 2).split(" ", -1)[NICE]);
  }
}
