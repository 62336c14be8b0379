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
      return new Diagnosis(
          "xml-namespace",
          "the same element in another namespace",
          "declare the control's namespace: clients look for it");
    }
    if (isTuple(sight.name())) {
      return new Diagnosis(
          "tuple", "a tuple or pair written by its fields", "name the members as the control does");
    }
    if (control == Json.Word.NULL || candidate == Json.Word.NULL) {
      return control != null && candidate != null
          ? new Diagnosis("null", "null vs a value", "look where the value gets lost")
          : null;
    }
    boolean lists = control instanceof Json.Arr || candidate instanceof Json.Arr;
    if (control != null && candidate != null && lists) {
      return new Diagnosis(
          "shape", "a list vs something else", "write the shape that the control writes");
    }
    return null;
  }

  private static boolean isTuple(String name) {
    return name.matches("Item[1-8]|item[1-8]");
  }
}
