package dev.banyan.app.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.app.noise.NoiseWatch;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Difference;
import dev.banyan.parity.noise.NoiseWindow;
import dev.banyan.parity.privacy.Masking;
import dev.banyan.rules.PrivateFields;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NoiseViewTest {
  @Test
  void aPlaceUnderAPrivateNameIsShownUnderItsPseudonym() {
    NoiseWindow window = new NoiseWindow();
    window.baseline(
        new Comparison.Mismatch(
            List.of(
                new Difference(
                    "$['jane@example.com'].seen", Difference.Kind.VALUE, "\"1\"", "\"2\""))));

    NoiseView view =
        NoiseView.of(
            new NoiseWatch.Known(window.report(), Map.of()),
            Masking.with(new byte[32], PrivateFields.NONE));

    assertThat(view.places())
        .singleElement()
        .satisfies(
            place ->
                assertThat(place.location())
                    .isNotEqualTo("$['jane@example.com'].seen")
                    .matches("\\$\\['[a-z]{4}@[a-z]{7}\\.[a-z]{3}'\\]\\.seen"));
  }
}
