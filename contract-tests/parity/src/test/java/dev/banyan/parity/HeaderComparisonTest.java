package dev.banyan.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.CompareProfile;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderComparisonTest {
  private static final Comparer STRICT = Comparer.of(CompareProfile.STRICT);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Content-Type|application/json|application/json; charset=utf-8|",
        "Content-Type|application/json;charset=UTF-8|Application/JSON; Charset=\"utf-8\"|",
        "Content-Type|text/html; a=1; b=2|text/html;b=2;a=1|",
        "Content-Type|text/html|text/html; charset=utf-8|value",
        "Content-Type|application/json; charset=utf-8|application/json; charset=utf-16|value",
        "Content-Type|application/json|text/json|value",
        "Content-Type|nonsense|nonsense|",
        "Content-Type|nonsense|other|value",
        "Cache-Control|private, max-age=0|private,max-age=0|",
        // No order, and no case of directives: RFC 9111, section 5.2.
        "Cache-Control|private|Private|",
        "Cache-Control|private, max-age=0|Max-Age=0, PRIVATE|",
        "Cache-Control|private, max-age=0|private|value",
        "Cache-Control|max-age=0|max-age=1|value",
        "Cache-Control|no-cache=\"Set-Cookie\"|no-cache=\"set-cookie\"|value",
        "Cache-Control|max-age=1, max-age=2|max-age=2, max-age=1|order",
        "Cache-Control|no-store||missing",
        "Cache-Control||no-store|extra",
        // A set of methods: RFC 9110, section 10.2.1.
        "Allow|GET, POST|POST, GET|",
        "Allow|GET, POST|GET|value",
        "Allow|GET|get|value",
        "WWW-Authenticate|Basic, Negotiate|Negotiate, Basic|order",
        "Location|/a,b|/a, b|value",
        "X-Not-Named|1|2|",
      })
  void headersAreComparedAsTheyAreMeant(
      String name, String control, String candidate, String kind) {
    Observation left = control == null ? answer() : answer(name, control);
    Observation right = candidate == null ? answer() : answer(name, candidate);
    String location = "header." + name.toLowerCase(Locale.ROOT);
    assertThat(Answers.differences(STRICT.compare(left, right)))
        .isEqualTo(kind == null ? List.of() : List.of(location + " " + kind));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Accept, Origin|origin,Accept|",
        "Accept, Origin|Accept|header.vary value",
        "Accept|*|header.vary value",
      })
  void varyIsASetOfNames(String control, String candidate, String expected) {
    Comparer comparer =
        Comparer.of(
            new CompareProfile("vary", Set.of("Vary"), CompareProfile.Arrays.ORDERED, List.of()));

    assertThat(
            Answers.differences(
                comparer.compare(answer("Vary", control), answer("Vary", candidate))))
        .isEqualTo(expected == null ? List.of() : List.of(expected));
  }

  @Test
  void repeatedHeadersAreOneList() {
    assertThat(
            STRICT.compare(answer("Allow", "GET", "allow", "POST"), answer("ALLOW", "GET, POST")))
        .isEqualTo(new Comparison.Match());
  }

  @Test
  void cookiesAreComparedByNameAndAttributesAndNeverShown() {
    Comparer comparer =
        Comparer.of(
            new CompareProfile(
                "cookies", Set.of("Set-Cookie"), CompareProfile.Arrays.ORDERED, List.of()));
    Observation control =
        answer("Set-Cookie", "id=SECRET1; path=/; expires=Mon", "Set-Cookie", "b=2");

    assertThat(
            comparer.compare(
                control,
                answer("Set-Cookie", "b=3", "Set-Cookie", "id=SECRET2; Expires=Tue; Path=/")))
        .isEqualTo(new Comparison.Match());
    Comparison other =
        comparer.compare(control, answer("Set-Cookie", "id=SECRET2; path=/; HttpOnly; SECRET3"));
    assertThat(Answers.differences(other)).containsExactly("header.set-cookie value");
    assertThat(other.toString()).doesNotContain("SECRET").contains("id=<masked>");
  }

  private static Observation.Answered answer(String... namesAndValues) {
    return Answers.with(200, Body.EMPTY, namesAndValues);
  }
}
