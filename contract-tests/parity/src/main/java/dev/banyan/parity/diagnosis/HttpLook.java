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
      case "header.cache-control" ->
          new Diagnosis(
              "caching-default",
              "caches are told something else",
              "send the control's Cache-Control: browsers and CDNs act on it");
      case "header.content-type" ->
          new Diagnosis(
              "media-type", "another media type or charset", "send the control's Content-Type");
      case "header.location", "header.content-location" ->
          namesHost(sight)
              ? new Diagnosis(
                  "legacy-host",
                  "a host that clients may not reach, or another place at it",
                  "send a path alone, or the host that the client asked for")
              : null;
      default ->
          sight.location().startsWith("header.access-control-")
              ? new Diagnosis(
                  "cors", "browsers are told something else", "configure CORS as the control does")
              : null;
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
          new Diagnosis(
              "login-redirect",
              "a redirect to a login page vs " + candidate,
              "answer as the control does, or change the contract with its clients");
      case "200 307", "200 308", "201 307", "201 308" ->
          new Diagnosis(
              "trailing-slash",
              "a redirect to the path with or without its trailing slash",
              "serve both paths; a POST does not survive every redirect");
      case "200 404" ->
          new Diagnosis(
              "route-missing",
              "the candidate does not know the path",
              "look for another case, a trailing slash or an encoded char in the path");
      case "200 406", "200 415", "201 415" ->
          new Diagnosis(
              "media-type-refused",
              "the control is lenient with Accept or Content-Type",
              "accept what the control accepts");
      case "200 400", "201 400", "200 422", "201 422" ->
          new Diagnosis(
              "input-refused",
              "the candidate refuses what the control accepts",
              "compare the request with what the control's binder accepts: names in any case,"
                  + " cultures, comments, numbers as text");
      case "200 413", "201 413" ->
          new Diagnosis("limit", "the candidate's size limit is lower", "raise it");
      default -> failure(control, candidate);
    };
  }

  private static @Nullable Diagnosis failure(String control, String candidate) {
    if (candidate.startsWith("5")) {
      return new Diagnosis("server-error", "the candidate failed", "read its log");
    }
    return control.startsWith("5") && candidate.startsWith("4")
        ? new Diagnosis(
            "refused-not-failed",
            "the control fails where the candidate refuses",
            "answer as the control does, or accept it at this place if its clients only ask"
                + " whether it worked")
        : null;
  }
}
