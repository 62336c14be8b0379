package dev.banyan.app.offline;

import dev.banyan.contracts.Contract;
import dev.banyan.contracts.ContractYaml;
import dev.banyan.rules.CompareProfile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a verification was asked to do; everything that can be wrong is found before anything is
 * sent.
 *
 * @param target base URL
 */
record VerifyPlan(List<Job> jobs, URI target, Optional<Report> report, boolean json) {
  private static final String URL = " (expected: a base URL such as http://127.0.0.1:8101)";

  VerifyPlan {
    jobs = List.copyOf(jobs);
  }

  /** One contract, and how answers are compared with it. */
  record Job(Contract contract, CompareProfile profile) {}

  /**
   * Who is told what came out.
   *
   * @param admin URL of a facade's admin side
   * @param tokenFile holds its token
   * @param version of the candidate that is verified
   */
  record Report(URI admin, Path tokenFile, Optional<String> version) {}

  static VerifyPlan of(List<String> words) throws WrongUsage {
    Arguments arguments =
        Arguments.parse(
            words,
            List.of("--target", "--rules", "--profile", "--report", "--token-file", "--version"),
            List.of("--json"));
    if (arguments.places().isEmpty()) {
      throw new WrongUsage("files: none (expected: a contract file, or several)");
    }
    URI target = url("--target", arguments.value("--target").orElse("none"));
    Optional<Report> report = report(arguments);
    Profiles profiles = Profiles.of(arguments.value("--rules"));
    Optional<CompareProfile> named = profiles.named(arguments.value("--profile"));
    List<Job> jobs = new ArrayList<>();
    for (String file : arguments.places()) {
      Contract contract = contract(Path.of(file));
      jobs.add(
          new Job(
              contract,
              named.isPresent()
                  ? named.get()
                  : profiles.profile(
                      file + ": profile",
                      contract.profile(),
                      "--profile NAME, or --rules with a file that has it")));
    }
    return new VerifyPlan(jobs, target, report, arguments.has("--json"));
  }

  private static Optional<Report> report(Arguments arguments) throws WrongUsage {
    Optional<String> admin = arguments.value("--report");
    for (String option : List.of("--token-file", "--version")) {
      if (admin.isEmpty() && arguments.value(option).isPresent()) {
        throw new WrongUsage(
            option + ": without --report (expected: --report ADMIN_URL beside it)");
      }
    }
    if (admin.isEmpty()) {
      return Optional.empty();
    }
    Path tokenFile = Path.of(arguments.value("--token-file").orElse("none"));
    if (!Files.isReadable(tokenFile)) {
      throw new WrongUsage(
          "--token-file: " + tokenFile + " (expected: a file with the token of the admin side)");
    }
    return Optional.of(
        new Report(url("--report", admin.get()), tokenFile, arguments.value("--version")));
  }

  private static URI url(String option, String word) throws WrongUsage {
    Optional<URI> url = Destination.baseUrl(word);
    if (url.isEmpty()) {
      throw new WrongUsage(option + ": " + word + URL);
    }
    return url.get();
  }

  private static Contract contract(Path file) throws WrongUsage {
    try {
      return ContractYaml.read(file.toString(), Files.readString(file));
    } catch (IOException unreadable) {
      throw new WrongUsage("file: " + file + " (expected: a contract file in UTF-8 that exists)");
    } catch (IllegalArgumentException wrong) {
      throw new WrongUsage(String.valueOf(wrong.getMessage()));
    }
  }
}
