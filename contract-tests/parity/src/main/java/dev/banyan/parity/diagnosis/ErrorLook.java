package dev.banyan.parity.diagnosis;

import dev.banyan.parity.json.Json;
import dev.banyan.parity.rules.Sight;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What one framework says of an error vs what another one says. */
final class ErrorLook implements Look {
  /** Of Web API's HttpError, ProblemDetails (RFC 9457), Bean Validation in Quarkus, FastAPI. */
  private static final Set<String> NAMES =
      Set.of(
          "Message",
          "MessageDetail",
          "ModelState",
          "ExceptionMessage",
          "ExceptionType",
          "StackTrace",
          "InnerException",
          "type",
          "title",
          "status",
          "detail",
          "instance",
          "errors",
          "traceId",
          "violations",
          "details",
          "stack",
          "error",
          "message");

  private static final Pattern AT_THE_TOP = Pattern.compile("\\$\\.([A-Za-z]+)");

  private static final Diagnosis FOUND = KnownLook.ERROR_SHAPE.found();

  @Override
  public @Nullable Diagnosis at(Sight sight) {
    Json control = sight.control();
    Json candidate = sight.candidate();
    if (control != null && candidate != null) {
      boolean textAndError =
          (control instanceof Json.Text && isError(candidate))
              || (isError(control) && candidate instanceof Json.Text);
      return sight.location().equals("$") && textAndError ? FOUND : null;
    }
    Matcher name = AT_THE_TOP.matcher(sight.location());
    return name.matches()
            && NAMES.contains(name.group(1))
            && sight.strangers().stream().anyMatch(NAMES::contains)
        ? FOUND
        : null;
  }

  private static boolean isError(Json value) {
    return value instanceof Json.Obj obj
        && !obj.members().isEmpty()
        && obj.members().stream().allMatch(member -> NAMES.contains(member.name()));
  }
}
