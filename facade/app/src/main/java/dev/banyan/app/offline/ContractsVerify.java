package dev.banyan.app.offline;

import dev.banyan.contracts.ContractReport;
import dev.banyan.contracts.ContractReport.Result;
import dev.banyan.contracts.ContractVerifier;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code banyan contracts verify FILE... --target URL}: holds any system to what legacy was seen to
 * answer.
 */
public final class ContractsVerify {
  private static final String USAGE =
      "usage: banyan contracts verify FILE... --target URL [--rules FILE_OR_DIR] [--profile NAME]"
          + " [--report ADMIN_URL --token-file FILE [--version VERSION]] [--json]";

  private final VerifyPlan plan;
  private final PrintStream out;
  private final List<Map<String, Object>> views = new ArrayList<>();
  private long passed;
  private long failed;

  private ContractsVerify(VerifyPlan plan, PrintStream out) {
    this.plan = plan;
    this.out = out;
  }

  public static int run(List<String> words) {
    return run(words, Streams.out(), Streams.err());
  }

  static int run(List<String> words, PrintStream out, PrintStream err) {
    try {
      return new ContractsVerify(VerifyPlan.of(words), out).verify();
    } catch (WrongUsage wrong) {
      err.println("banyan: " + wrong.getMessage());
      err.println(USAGE);
      return 2;
    } catch (IOException notTold) {
      String why = notTold.getMessage();
      err.println("banyan: report: " + (why == null ? notTold.getClass().getSimpleName() : why));
      return 1;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private int verify() throws IOException, InterruptedException {
    for (VerifyPlan.Job job : plan.jobs()) {
      ContractReport report = ContractVerifier.verify(job.contract(), job.profile(), plan.target());
      passed += report.passed();
      failed += report.failed();
      if (plan.json()) {
        views.add(view(report, job));
      } else {
        print(report, job);
      }
      if (plan.report().isPresent()) {
        ReportSender.send(report, plan.report().get());
      }
    }
    out.println(
        plan.json()
            ? FindingJson.write(Map.of("passed", passed, "failed", failed, "reports", views))
            : passed + " passed, " + failed + " failed");
    return failed == 0 && passed > 0 ? 0 : 1;
  }

  private void print(ContractReport report, VerifyPlan.Job job) {
    FindingText text = new FindingText(out);
    text.line(report.routeId() + " against " + report.target() + " by " + job.profile().name());
    for (Result result : report.results()) {
      text.line("  " + (result.passed() ? "pass  " : "FAIL  ") + result.name());
      text.differences(result.differences());
      if (!result.tolerated().isEmpty()) {
        text.line("    tolerated:");
        text.differences(result.tolerated());
      }
    }
  }

  private static Map<String, Object> view(ContractReport report, VerifyPlan.Job job) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("routeId", report.routeId());
    view.put("target", report.target());
    view.put("profile", job.profile().name());
    view.put("at", report.at().toString());
    view.put("passed", report.passed());
    view.put("failed", report.failed());
    view.put("failures", failures(report));
    view.put("tolerated", tolerated(report));
    return view;
  }

  static List<Map<String, Object>> failures(ContractReport report) {
    return report.results().stream()
        .filter(result -> !result.passed())
        .map(
            result ->
                Map.<String, Object>of(
                    "name",
                    result.name(),
                    "differences",
                    FindingJson.differences(result.differences())))
        .toList();
  }

  private static List<Map<String, Object>> tolerated(ContractReport report) {
    return report.results().stream()
        .filter(result -> !result.tolerated().isEmpty())
        .map(
            result ->
                Map.<String, Object>of(
                    "name",
                    result.name(),
                    "differences",
                    FindingJson.differences(result.tolerated())))
        .toList();
  }
}
