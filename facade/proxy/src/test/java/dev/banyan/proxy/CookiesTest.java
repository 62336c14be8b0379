package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookiesTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "a=1, a=1",
        "a=1; banyan-side-0=x, a=1",
        "banyan-side-0=x; a=1, a=1",
        "a=banyan-side-0; b=2, a=banyan-side-0; b=2",
        "a=1;banyan-side-0=x;b=2, a=1;b=2",
        "banyan-side-0=x; banyan-side-1=y, none",
        "banyan-side-0=x, none"
      })
  void onlyTheFacadesOwnStayBehind(String sent, String onward) {
    assertThat(Cookies.onward(sent)).isEqualTo(onward);
  }

  @Test
  void crumbsAreOneField() {
    assertThat(Cookies.joined(List.of("a=1", "b=2"))).isEqualTo("a=1; b=2");
    assertThat(Cookies.joined(List.of())).isNull();
  }
}
