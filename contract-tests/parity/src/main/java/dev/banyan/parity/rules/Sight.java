package dev.banyan.parity.rules;

import dev.banyan.parity.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule is shown: one place where two answers differ.
 *
 * @param location as differences give it
 * @param control what the control has there; null where it has nothing
 * @param candidate likewise
 * @param strangers names beside it that only the other side has; empty where both have a value
 */
public record Sight(
    String location, @Nullable Json control, @Nullable Json candidate, List<String> strangers) {

  public Sight(String location, @Nullable Json control, @Nullable Json candidate) {
    this(location, control, candidate, List.of());
  }

  /** Two texts, the control's first; null where one of them is none. */
  @Nullable Texts texts() {
    return control instanceof Json.Text a && candidate instanceof Json.Text b
        ? new Texts(a.value(), b.value())
        : null;
  }

  /** Two texts. */
  record Texts(String control, String candidate) {}

  /** The name at the end of the location, as far as it is plain; empty for an element. */
  public String name() {
    int dot = Math.max(location.lastIndexOf('.'), location.lastIndexOf('/'));
    return location.substring(dot + 1);
  }
}
