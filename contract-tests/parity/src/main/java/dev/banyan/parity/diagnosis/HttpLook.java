package dev.banyan.parity.diagnosis;

import dev.banyan.parity.json.Json;
import dev.banyan.parity.rules.Sight;
import org.jspecify.annotations.Nullable;

/** Statuses and headers. */
final class HttpLook implements Look {
  @Override
  public @Nullable Diagnosis at(Sight sight) {
    if (sight.location().equals("status")
        && sight.control() instanceof Json.Num control
        && sight.candidate() instanceof Json.Num candidate) {
      return status(control.lexeme(), candidate.lexeme());
    }
    return switch (sight.location()) {
      case "header.cache-control" -> KnownLook.CACHING_DEFAULT.found();
      case "header.content-type" -> KnownLook.MEDIA_TYPE.found();
      case "header.location", "header.content-location" ->
          namesHost(sight) ? KnownLook.LEGACY_HOST.found() : null;
      default ->
          sight.location().startsWith("header.access-control-") ? KnownLook.CORS.found() : null;
    };
  }

  private static boolean namesHost(Sight sight) {
    return sight.control() instanceof Json.Text control
        && sight.candidate() instanceof Json.Text candidate
        && (control.value().contains("://") || candidate.value().contains("://"))
        && !host(control.value()).equals(host(candidate.value()));
  }

  private static String host(String location) {
    int from = location.indexOf("://");
    return from < 0 ? "" : location.substring(from + 3).split("[/?#]", 2)[0];
  }

  private static @Nullable Diagnosis status(String control, String candidate) {
    return switch (control + " " + candidate) {
      case "302 401", "302 403" ->
          KnownLook.LOGIN_REDIRECT.found("a redirect to a login page vs " + candidate);
      case "200 307", "200 308", "201 307", "201 308" -> KnownLook.TRAILING_SLASH.found();
      case "200 404" -> KnownLook.ROUTE_MISSING.found();
      case "200 406", "200 415", "201 415" -> KnownLook.MEDIA_TYPE_REFUSED.found();
      case "200 400", "201 400", "200 422", "201 422" -> KnownLook.INPUT_REFUSED.found();
      case "200 413", "201 413" -> KnownLook.LIMIT.found();
      default -> failure(control, candidate);
    };
  }

  private static @Nullable Diagnosis failure(String control, String candidate) {
    if (candidate.startsWith("5")) {
      return KnownLook.SERVER_ERROR.found();
    }
    return control.startsWith("5") && candidate.startsWith("4")
        ? KnownLook.REFUSED_NOT_FAILED.found()
        : null;
  }
}
