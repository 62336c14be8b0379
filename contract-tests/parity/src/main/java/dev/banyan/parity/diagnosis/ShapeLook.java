package dev.banyan.parity.diagnosis;

import dev.banyan.parity.json.Json;
import dev.banyan.parity.rules.Sight;
import org.jspecify.annotations.Nullable;

/** Values of another shape, and values that are there on one side alone. */
final class ShapeLook implements Look {
  @Override
  public @Nullable Diagnosis at(Sight sight) {
    Json control = sight.control();
    Json candidate = sight.candidate();
    if (sight.location().endsWith("/namespace-uri()")) {
      return KnownLook.XML_NAMESPACE.found();
    }
    if (isTuple(sight.name())) {
      return KnownLook.TUPLE.found();
    }
    if (control == Json.Word.NULL || candidate == Json.Word.NULL) {
      return control != null && candidate != null ? KnownLook.NULL.found() : null;
    }
    boolean lists = control instanceof Json.Arr || candidate instanceof Json.Arr;
    if (control != null && candidate != null && lists) {
      return KnownLook.SHAPE.found();
    }
    return null;
  }

  private static boolean isTuple(String name) {
    return name.matches("Item[1-8]|item[1-8]");
  }
}
