package dev.banyan.parity.diagnosis;

import dev.banyan.parity.json.Json;
import dev.banyan.parity.rules.Sight;
import dev.banyan.rules.CompareRule;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A name on one side that seems to be another name on the other. */
final class NameLook implements Look {
  private static final List<String> REFERENCES = List.of("['$id']", "['$ref']", "['$values']");
  private static final Pattern DIGITS = Pattern.compile("\\d{1,9}");

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
    if (REFERENCES.stream().anyMatch(sight.location()::endsWith) && isReference(sight)) {
      return Diagnosis.of(CompareRule.JSON_REFERENCES);
    }
    return sight.location().equals("$.d") ? Diagnosis.of(CompareRule.ASMX_D_WRAPPER) : null;
  }

  /** .NET's ids are digits; those of JSON Schema have the same names and are data. */
  private static boolean isReference(Sight sight) {
    Json there = sight.control() == null ? sight.candidate() : sight.control();
    return !(there instanceof Json.Text text) || DIGITS.matcher(text.value()).matches();
  }

  private static @Nullable Diagnosis names(String control, String candidate) {
    String left = plain(control);
    String right = plain(candidate);
    if (left.equals("is" + right) && !right.isEmpty()) {
      return KnownLook.BEAN_PREFIX.found(
          "the is in front is dropped: " + control + " vs " + candidate);
    }
    if (!left.equals(right)) {
      return null;
    }
    if (isAcronym(control, candidate)) {
      return KnownLook.BEAN_ACRONYM.found(
          "capitals in a row are lowered otherwise: " + control + " vs " + candidate);
    }
    return KnownLook.NAME_CASE.found("another case of names: " + control + " vs " + candidate);
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
