package dev.banyan.proxy.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A connection goes a little before its upstream ends it, and never stays longer than is ours. */
final class KeepAliveTest {
  private static final long NOW = 1_000_000;
  private static final long OURS = TimeUnit.SECONDS.toNanos(12);

  private static KeepAlive rested(String... said) {
    KeepAlive life = new KeepAlive(NOW + TimeUnit.MINUTES.toNanos(1), OURS);
    for (String one : said) {
      HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
      head.headers().set("Keep-Alive", one);
      life.read(head);
    }
    life.rest(NOW);
    return life;
  }

  private static boolean isFreshAfter(KeepAlive life, long millis) {
    return life.isFresh(NOW + TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timeout=5|4000",
        "timeout=9|8000",
        "timeout=9, max=1000|8000",
        "max=9,Timeout = 3|2000",
        "timeout=\"5\"|4000",
        "timeout=1|500",
        "timeout=0|0",
        "timeout=600|12000",
        "max=9|12000",
        "untimeout=5|12000",
        "timeout=|12000",
        "timeout=-5|12000",
      })
  void itStaysForWhatIsSaidLessASecond(String said, long millis) {
    KeepAlive life = rested(said);
    assertThat(isFreshAfter(life, millis)).isFalse();
    if (millis > 0) {
      assertThat(isFreshAfter(life, millis - 1)).isTrue();
    }
  }

  @Test
  void theShortestThatWasSaidCounts() {
    assertThat(isFreshAfter(rested("timeout=9", "timeout=3", "timeout=9"), 2500)).isFalse();
  }
}
