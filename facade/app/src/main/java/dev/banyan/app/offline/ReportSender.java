package dev.banyan.app.offline;

import dev.banyan.contracts.ContractReport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells a facade what verifying a contract came to: its gate may ask for it. */
final class ReportSender {
  private static final int TAKEN = 204;

  private ReportSender() {}

  /**
   * @throws IOException where the facade cannot be reached, or does not take it
   */
  static void send(ContractReport report, VerifyPlan.Report to)
      throws IOException, InterruptedException {
    String base = to.admin().toString().replaceAll("/+$", "");
    URI uri = URI.create(base + "/api/v1/routes/" + report.routeId() + "/contract/report");
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + Files.readString(to.tokenFile()).strip())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(FindingJson.write(view(report, to))))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != TAKEN) {
        throw new IOException(answer.statusCode() + " " + answer.body() + " (expected: 204)");
      }
    }
  }

  private static Map<String, Object> view(ContractReport report, VerifyPlan.Report to) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("target", report.target());
    to.version().ifPresent(version -> view.put("version", version));
    view.put("at", report.at().toString());
    view.put("passed", report.passed());
    view.put("failed", report.failed());
    view.put("failures", ContractsVerify.failures(report));
    return view;
  }
}
