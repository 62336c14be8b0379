package dev.banyan.app.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every refusal of the admin REST is a problem document; none shows inner details. */
public final class ProblemMapping {
  private static final System.Logger LOG = System.getLogger(ProblemMapping.class.getName());

  @ServerExceptionMapper
  public Response unknownField(UnrecognizedPropertyException unknown) {
    return ProblemDocument.of(
            400,
            "field: "
                + unknown.getPropertyName()
                + " (expected: one of "
                + unknown.getKnownPropertyIds()
                + ")")
        .answer();
  }

  @ServerExceptionMapper
  public Response wrongType(MismatchedInputException wrong) {
    String place = wrong.getPath().isEmpty() ? "body" : wrong.getPath().getLast().getFieldName();
    return ProblemDocument.of(400, "field: " + place + " has a value of another type").answer();
  }

  @ServerExceptionMapper
  public Response noJson(JsonProcessingException invalid) {
    return ProblemDocument.of(400, "the body is not valid JSON").answer();
  }

  @ServerExceptionMapper
  public Response refused(WebApplicationException refused) {
    Response answer = refused.getResponse();
    if (answer.hasEntity()) {
      return answer;
    }
    return switch (refused.getCause()) {
      case UnrecognizedPropertyException unknown -> unknownField(unknown);
      case MismatchedInputException wrong -> wrongType(wrong);
      case JsonProcessingException invalid -> noJson(invalid);
      case null, default -> bare(answer);
    };
  }

  private static Response bare(Response answer) {
    return Response.fromResponse(
            ProblemDocument.of(answer.getStatus(), answer.getStatusInfo().getReasonPhrase())
                .answer())
        .build();
  }

  @ServerExceptionMapper
  public Response unforeseen(RuntimeException unforeseen) {
    LOG.log(System.Logger.Level.ERROR, "an admin call failed", unforeseen);
    return ProblemDocument.of(500, "the admin call failed; the log says why").answer();
  }
}
