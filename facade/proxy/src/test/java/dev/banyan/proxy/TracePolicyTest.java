package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TracePolicyTest {
  private static final String CAME = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final String UNSAMPLED = CAME.substring(0, 53) + "00";

  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void withoutSpansATraceGoesOnAsItCame() {
    assertThat(TracePolicy.PASS_ON.onward(CAME, random)).isSameAs(CAME);
    assertThat(TracePolicy.PASS_ON.onward(null, random)).endsWith("-00");
    assertThat(TracePolicy.PASS_ON.apart(CAME, random)).startsWith(CAME.substring(0, 36));
  }

  @Test
  void withSpansTheTraceAndItsFlagStayAndTheParentIsNew() {
    String onward = TracePolicy.spans(0).onward(CAME, random);

    assertThat(TraceContext.isValid(onward)).isTrue();
    assertThat(onward).startsWith(CAME.substring(0, 36)).endsWith("-01").isNotEqualTo(CAME);
    assertThat(TracePolicy.spans(1).onward(UNSAMPLED, random)).endsWith("-00");
  }

  @Test
  void whoBringsNoTraceIsSampledByTheRatio() {
    assertThat(TracePolicy.spans(1).onward(null, random)).endsWith("-01");
    assertThat(TracePolicy.spans(0).onward(null, random)).endsWith("-00");
  }

  @Test
  void aCopyBeginsATraceOfItsOwnAndKeepsTheFlag() {
    String apart = TracePolicy.spans(0).apart(CAME, random);

    assertThat(TraceContext.isValid(apart)).isTrue();
    assertThat(apart).endsWith("-01").doesNotContain(CAME.substring(3, 35));
    assertThat(TracePolicy.spans(1).apart(UNSAMPLED, random)).endsWith("-00");
  }

  @Test
  void aRatioIsAShare() {
    assertThatThrownBy(() -> TracePolicy.spans(1.5))
        .hasMessage("tracing ratio: 1.5 (expected: 0 to 1)");
    assertThatThrownBy(() -> TracePolicy.spans(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
