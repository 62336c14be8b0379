package dev.banyan.parity.diagnosis;

import dev.banyan.parity.rules.Sight;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A name on one side that seems to be another name on the other. */
final class NameLook implements Look {
  @Override
  public @Nullable Diagnosis at(Sight sight) {
    if ((sight.control() == null) == (sight.candidate() == null)) {
      return null;
    }
    String name = sight.name();
    for (String other : sight.strangers()) {
      Diagnosis found = sight.control() == null ? names(other, name) : names(name, other);
      if (found != null) {
        return found;
      }
    }
    return sight.location().equals("$.d")
        ? new Diagnosis(
            "asmx.d-wrapper",
            "the d around an ASMX script service's answer",
            "tolerate it with rule asmx.d-wrapper, or wrap the answer as the control does")
        : null;
  }

  private static @Nullable Diagnosis names(String control, String candidate) {
    String left = plain(control);
    String right = plain(candidate);
    if (left.equals("is" + right) && !right.isEmpty()) {
      return new Diagnosis(
          "bean-prefix",
          "the is in front is dropped: " + control + " vs " + candidate,
          "name the property in the serializer: @JsonProperty(\"" + control + "\")");
    }
    if (!left.equals(right)) {
      return null;
    }
    if (isAcronym(control, candidate)) {
      return new Diagnosis(
          "bean-acronym",
          "capitals in a row are lowered otherwise: " + control + " vs " + candidate,
          "name the property in the serializer: @JsonProperty(\"" + control + "\")");
    }
    return new Diagnosis(
        "name-case",
        "another case of names: " + control + " vs " + candidate,
        "set the serializer's naming strategy to that of the control");
  }

  /** Both begin in lower case, so the strategy is one; only the capitals after it differ. */
  private static boolean isAcronym(String control, String candidate) {
    return !control.contains("_")
        && !candidate.contains("_")
        && Character.isLowerCase(control.charAt(0)) == Character.isLowerCase(candidate.charAt(0));
  }

  private static String plain(String name) {
    return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
  }
}
