package dev.banyan.app.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.banyan.rules.Problem;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RFC 9457, with what helps the person who reads it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProblemDocument(
    String type,
    String title,
    int status,
    String detail,
    @Nullable List<String> reasons,
    @Nullable String verdict,
    @Nullable String from,
    @Nullable String to,
    @Nullable Long revision,
    @Nullable List<Problem> problems) {
  static final String MEDIA_TYPE = "application/problem+json";

  static ProblemDocument of(int status, String detail) {
    return new ProblemDocument(
        "about:blank", title(status), status, detail, null, null, null, null, null, null);
  }

  ProblemDocument withReasons(List<String> all, String word, String stageFrom, String stageTo) {
    return new ProblemDocument(
        type, title, status, detail, all, word, stageFrom, stageTo, revision, problems);
  }

  ProblemDocument withRevision(long found) {
    return new ProblemDocument(
        type, title, status, detail, reasons, verdict, from, to, found, problems);
  }

  ProblemDocument withProblems(List<Problem> all) {
    return new ProblemDocument(
        type, title, status, detail, reasons, verdict, from, to, revision, all);
  }

  Response answer() {
    return Response.status(status).type(MEDIA_TYPE).entity(this).build();
  }

  WebApplicationException refusal() {
    return new WebApplicationException(answer());
  }

  private static String title(int status) {
    Response.Status known = Response.Status.fromStatusCode(status);
    return status == 422
        ? "Unprocessable Content"
        : known == null ? "Problem" : known.getReasonPhrase();
  }
}
