package dev.banyan.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the corpus calls Jackson's bytes is what Jackson writes, set up as Quarkus does. */
class JacksonBytesTest {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .build();
  private static final Instant INSTANT = Instant.parse("2007-12-29T06:11:57.056Z");
  private static final LocalDateTime LOCAL = LocalDateTime.of(2024, 5, 1, 10, 0);

  enum Access {
    READ,
    WRITE
  }

  enum Status {
    ACTIVE
  }

  /** A bean as it is generated. */
  public static final class Bean {
    public boolean isActive() {
      return true;
    }
  }

  /** Capitals in a row. */
  public static final class Acronyms {
    public String getID() {
      return "7";
    }

    public String getURLValue() {
      return "u";
    }
  }

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(1, Map.of("v", new BigDecimal("1"))),
        Arguments.of(1, Map.of("z", new BigDecimal("79228162514264337593543950335"))),
        Arguments.of(2, Map.of("w", 1.0)),
        Arguments.of(4, Map.of("y", new BigDecimal("1E+5"))),
        Arguments.of(5, Map.of("v", 2.1)),
        Arguments.of(6, Map.of("y", (double) 0.1f)),
        Arguments.of(7, Map.of("x", 1e-5)),
        Arguments.of(9, Map.of("v", Double.NaN)),
        Arguments.of(12, Map.of("v", '\0')),
        Arguments.of(13, Map.of("b", (byte) 200)),
        Arguments.of(16, Map.of("v", INSTANT)),
        Arguments.of(19, Map.of("w", Instant.parse("2007-12-29T06:11:57.1794567Z"))),
        Arguments.of(20, Map.of("x", LOCAL.toInstant(ZoneOffset.UTC))),
        Arguments.of(23, Map.of("v", Date.from(INSTANT))),
        Arguments.of(25, Map.of("v", Duration.ofMinutes(90))),
        Arguments.of(26, Map.of("Lead", Duration.ofHours(51))),
        Arguments.of(27, Map.of("v", LocalDate.of(2024, 5, 1))),
        Arguments.of(28, Map.of("v", ZoneId.of("Europe/Berlin"))),
        Arguments.of(32, new Acronyms()),
        Arguments.of(33, new Bean()),
        Arguments.of(37, Map.of("w", List.of())),
        Arguments.of(42, Map.entry("a", 1)),
        Arguments.of(52, Map.of("v", "<b> 'x' & é")),
        Arguments.of(58, Map.of("v", Status.ACTIVE)),
        Arguments.of(60, Map.of("v", EnumSet.allOf(Access.class))),
        Arguments.of(61, Map.of("v", UUID.fromString("6F9619FF-8B86-D011-B42D-00C04FC964FF"))),
        Arguments.of(62, Map.of("v", new byte[] {1, (byte) 255, (byte) 254})));
  }

  @ParameterizedTest
  @MethodSource("values")
  void standInTheCorpus(int row, Object value) throws JsonProcessingException {
    String written = MAPPER.writeValueAsString(value);
    assertThat(Corpus.pairs().stream().filter(pair -> pair.row() == row))
        .extracting(Corpus.Pair::candidateText)
        .contains(written);
  }

  @Test
  void aMapperOfOnesOwnWritesTimesAsNumbers() throws JsonProcessingException {
    ObjectMapper own = JsonMapper.builder().addModule(new JavaTimeModule()).build();
    assertThat(own.writeValueAsString(Map.of("x", LOCAL))).isEqualTo("{\"x\":[2024,5,1,10,0]}");
  }

  @Test
  void nullsAreWrittenUnlessTheMapperIsToldOtherwise() throws JsonProcessingException {
    Map<String, Object> value = new HashMap<>();
    value.put("m", null);
    assertThat(MAPPER.writeValueAsString(value)).isEqualTo("{\"m\":null}");
    ObjectMapper sparing =
        MAPPER
            .copy()
            .setDefaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL));
    assertThat(sparing.writeValueAsString(value)).isEqualTo("{}");
  }
}
