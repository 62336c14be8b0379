package dev.banyan.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.CompareProfile;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** White space of a page counts where a browser shows it. */
class PageSpaceTest {
  private static final Comparer STRICT = Comparer.of(CompareProfile.STRICT);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<p>a  b</p> | <p> a\\n b </p> |",
        "<pre>a b</pre> | <pre>a  b</pre> | /html/body/pre value",
        "<pre>a</pre> | <pre>  a</pre> | /html/body/pre value",
        "<pre>a</pre> | <pre>a </pre> | /html/body/pre value",
        "<pre>\\na</pre> | <pre>a</pre> |",
        "<pre>\\r\\na</pre> | <pre>a</pre> |",
        "<pre>\\n\\na</pre> | <pre>\\na</pre> | /html/body/pre value",
        "<pre>\\r\\n\\r\\na</pre> | <pre>\\n\\na</pre> |",
        "<pre>a\\r\\nb</pre> | <pre>a\\nb</pre> |",
        "<pre><code>a\\n  b</code></pre> | <pre><code>a b</code></pre> | /html/body/pre/code value",
        "<pre><code>\\na</code></pre> | <pre><code>a</code></pre> | /html/body/pre/code value",
        "<pre>foo <b>bar</b></pre> | <pre>foo<b>bar</b></pre> | /html/body/pre/text() value",
        "<pre><div> a</div></pre> | <pre><div>a</div></pre> | /html/body/pre/div value",
        "<textarea>a</textarea> | <textarea> a</textarea> | /html/body/textarea value",
        "<textarea>\\na</textarea> | <textarea>a</textarea> |",
        "<textarea>\\n\\na</textarea> | <textarea>\\na</textarea> | /html/body/textarea value",
        "<textarea>\\n\\na</textarea> | <textarea>a</textarea> | /html/body/textarea value",
        "<script>\\n a() </script> | <script>a()</script> |",
        "<style>\\n a{} </style> | <style>a{}</style> |",
        "<pre><script> a() </script></pre> | <pre><script>a()</script></pre> |",
      })
  void isComparedAsItIsSeen(String control, String candidate, String expected) {
    Comparison comparison = STRICT.compare(page(control), page(candidate));

    assertThat(String.join(";", Answers.differences(comparison)))
        .isEqualTo(expected == null ? "" : expected);
  }

  private static Observation page(String body) {
    String written = body.replace("\\n", "\n").replace("\\r", "\r");
    return Answers.with(
        200,
        ("<html><body>" + written + "</body></html>").getBytes(StandardCharsets.UTF_8),
        "Content-Type",
        "text/html");
  }
}
