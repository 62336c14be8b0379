package dev.banyan.app.offline;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.contracts.Contract;
import dev.banyan.contracts.ContractReport;
import dev.banyan.contracts.ContractVerifier;
import dev.banyan.contracts.ContractYaml;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code banyan contracts verify FILE... --target URL [--json] [--report ADMIN_URL --token-file
 * FILE]}.
 */
public final class ContractsVerify {
  private static final String USAGE =
      "usage: banyan contracts verify FILE... --target URL [--json] [--report ADMIN_URL --token-file FILE]";
  private static final ObjectMapper JSON = new ObjectMapper();

  private ContractsVerify() {}

  public static int run(List<String> words) {
    List<Path> files = new ArrayList<>();
    Map<String, String> options = new HashMap<>();
    boolean json = false;
    for (int at = 0; at < words.size(); at++) {
      String word = words.get(at);
      if (word.equals("--json")) {
        json = true;
      } else if (List.of("--target", "--report", "--token-file").contains(word)
          && at + 1 < words.size()) {
        options.put(word, words.get(++at));
      } else if (word.startsWith("--")) {
        return wrongUsage(
            "argument: " + word + " (expected: --target, --json, --report or --token-file)");
      } else {
        files.add(Path.of(word));
      }
    }
    String target = options.get("--target");
    if (files.isEmpty() || target == null) {
      return wrongUsage("a contract file and --target are wanted");
    }
    if (options.containsKey("--report") != options.containsKey("--token-file")) {
      return wrongUsage("--report and --token-file go together");
    }
    return verify(files, target, options, json ? Form.JSON : Form.TEXT);
  }

  private enum Form {
    JSON,
    TEXT
  }

  private static int verify(
      List<Path> files, String target, Map<String, String> options, Form form) {
    long passed = 0;
    long failed = 0;
    try {
      List<ContractReport> reports = new ArrayList<>();
      for (Path file : files) {
        Contract contract = ContractYaml.read(file.toString(), Files.readString(file));
        ContractReport report = ContractVerifier.verify(contract, URI.create(target));
        reports.add(report);
        passed += report.passed();
        failed += report.failed();
        if (form == Form.TEXT) {
          print(report);
        }
        if (options.containsKey("--report")) {
          send(report, options.get("--report"), Path.of(options.get("--token-file")));
        }
      }
      System.out.println(
          form == Form.JSON
              ? JSON.writeValueAsString(
                  Map.of("passed", passed, "failed", failed, "reports", views(reports)))
              : passed + " passed, " + failed + " failed");
      return failed == 0 && passed > 0 ? 0 : 1;
    } catch (IOException | IllegalArgumentException failure) {
      System.err.println("banyan: " + failure.getMessage());
      return 1;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private static void print(ContractReport report) {
    FindingText text = new FindingText(System.out);
    text.line(report.routeId() + " against " + report.target());
    for (ContractReport.Result result : report.results()) {
      text.line("  " + (result.passed() ? "pass  " : "FAIL  ") + result.name());
      text.differences(result.differences());
      if (!result.tolerated().isEmpty()) {
        text.line("    tolerated:");
        text.differences(result.tolerated());
      }
    }
  }

  private static List<Map<String, Object>> views(List<ContractReport> reports) {
    return reports.stream()
        .map(
            r ->
                Map.<String, Object>of(
                    "routeId",
                    r.routeId(),
                    "target",
                    r.target(),
                    "at",
                    r.at().toString(),
                    "passed",
                    r.passed(),
                    "failed",
                    r.failed(),
                    "failures",
                    failures(r),
                    "tolerated",
                    tolerated(r)))
        .toList();
  }

  private static List<Map<String, Object>> failures(ContractReport report) {
    return report.results().stream()
        .filter(r -> !r.passed())
        .map(
            r ->
                Map.<String, Object>of(
                    "name", r.name(), "differences", FindingJson.differences(r.differences())))
        .toList();
  }

  private static List<Map<String, Object>> tolerated(ContractReport report) {
    return report.results().stream()
        .filter(r -> !r.tolerated().isEmpty())
        .map(
            r ->
                Map.<String, Object>of(
                    "name", r.name(), "differences", FindingJson.differences(r.tolerated())))
        .toList();
  }

  private static void send(ContractReport report, String admin, Path tokenFile)
      throws IOException, InterruptedException {
    String body =
        JSON.writeValueAsString(
            Map.of(
                "target",
                report.target(),
                "at",
                report.at().toString(),
                "passed",
                report.passed(),
                "failed",
                report.failed(),
                "failures",
                failures(report)));
    URI uri =
        URI.create(
            admin.replaceAll("/+$", "")
                + "/api/v1/routes/"
                + report.routeId()
                + "/contract/report");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(uri)
                  .header("Authorization", "Bearer " + Files.readString(tokenFile).strip())
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString());
      if (answer.statusCode() != 204) {
        throw new IOException(
            "report: " + answer.statusCode() + " " + answer.body() + " (expected: 204)");
      }
    }
  }

  private static int wrongUsage(String what) {
    System.err.println("banyan: " + what);
    System.err.println(USAGE);
    return 2;
  }
}
