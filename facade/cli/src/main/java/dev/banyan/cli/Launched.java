package dev.banyan.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** A command that the launcher starts elsewhere; here it has only its help. */
abstract class Launched implements Callable<Integer> {
  /** Not the standard ones: a command may have a {@code --version} of its own. */
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  boolean help;

  @Unmatched List<String> rest = new ArrayList<>();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public final Integer call() {
    spec.commandLine()
        .getErr()
        .println(
            "This command is started by the launcher: ./banyan "
                + spec.qualifiedName(" ").replaceFirst("^banyan ", "")
                + " …");
    return 2;
  }

  @Command(
      name = "run",
      description = "Starts the facade.",
      footer = {"", "Example:", "  banyan run --rules rules.yaml --port 8080 --admin-port 9000"})
  static final class Run extends Launched {
    @Option(names = "--rules", paramLabel = "FILE_OR_DIR", description = "The rule set.")
    String rules = "";

    @Option(
        names = "--host",
        paramLabel = "ADDRESS",
        description = "Where the data plane listens (127.0.0.1); 0.0.0.0 for all addresses.")
    String host = "";

    @Option(names = "--port", description = "The data plane's port (8080).")
    String port = "";

    @Option(
        names = "--admin-host",
        paramLabel = "ADDRESS",
        description = "Where the admin side listens (127.0.0.1).")
    String adminHost = "";

    @Option(names = "--admin-port", description = "The admin port (9000).")
    String adminPort = "";

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder (.banyan).")
    String data = "";

    @Option(
        names = "--store",
        paramLabel = "WHAT",
        description = "full: masked values, encrypted (the default); paths-only: no value at all.")
    String store = "";
  }

  @Command(
      name = "test",
      description = "Builds everything and runs all tests; options go to Maven.",
      footer = {"", "Example:", "  banyan test -pl facade/cli -am"})
  static final class Test extends Launched {}

  @Command(
      name = "bench",
      description = "Runs a benchmark.",
      footer = {"", "Example:", "  banyan bench proxy", "  banyan bench isolation"})
  static final class Bench extends Launched {}

  @Command(
      name = "check",
      description = "Reads a rule set offline and tells all its problems with place and cure.",
      footer = {"", "Example:", "  banyan rules check rules.yaml"})
  static final class RulesCheck extends Launched {
    @Parameters(arity = "0..1", paramLabel = "PATH", description = "A rule file or folder.")
    String path = "";

    @Option(names = "--json", description = "Print the problems as JSON.")
    boolean json;
  }

  @Command(
      name = "fetch",
      description = {
        "Asks a gRPC server for its descriptors by server reflection, and saves them as the set"
            + " that a profile's `descriptors` names.",
        "Offline: no running facade needed."
      },
      footer = {
        "",
        "Example:",
        "  banyan descriptors fetch http://127.0.0.1:5001 --out orders.binpb"
      })
  static final class DescriptorsFetch extends Launched {
    @Parameters(
        arity = "0..1",
        paramLabel = "URL",
        description = "http://HOST:PORT for HTTP/2 without TLS, https://HOST:PORT with.")
    String url = "";

    @Option(names = "--out", paramLabel = "FILE", description = "Where to save the set.")
    String out = "";

    @Option(
        names = "--service",
        paramLabel = "NAME",
        description = "A service by its full name, any number of times (all).")
    List<String> services = new ArrayList<>();

    @Option(
        names = "--tls-ca",
        paramLabel = "FILE",
        description = "The authority that signed the server's certificate, as PEM (Java's own).")
    String tlsCa = "";

    @Option(names = "--json", description = "Print what was saved as JSON.")
    boolean json;
  }

  @Command(
      name = "verify",
      description = "Checks any base URL against a recorded contract, offline.",
      footer = {
        "",
        "Example:",
        "  banyan contracts verify catalog.product.yaml --target http://127.0.0.1:8101"
      })
  static final class ContractsVerify extends Launched {
    @Parameters(arity = "0..*", paramLabel = "FILE", description = "The contracts.")
    List<String> files = new ArrayList<>();

    @Option(names = "--target", paramLabel = "URL", description = "The base URL to check.")
    String target = "";

    @Option(
        names = "--rules",
        paramLabel = "FILE_OR_DIR",
        description = "Rules whose profiles hold by the names that the contracts give.")
    String rules = "";

    @Option(
        names = "--profile",
        paramLabel = "NAME",
        description = "How to compare, whatever the contracts say.")
    String profile = "";

    @Option(
        names = "--report",
        paramLabel = "ADMIN_URL",
        description = "Tell this facade what came out: its gate may ask for it.")
    String report = "";

    @Option(
        names = "--token-file",
        paramLabel = "FILE",
        description = "The admin side's token, for --report.")
    String tokenFile = "";

    @Option(
        names = "--version",
        paramLabel = "VERSION",
        description = "The version that was verified, for --report (the one that is there now).")
    String version = "";

    @Option(names = "--json", description = "Print the report as JSON.")
    boolean json;
  }

  @Command(
      name = "compare",
      description = {
        "Compares two answers or two recordings, offline.",
        "Reads bodies, HAR, .http captures, GoReplay files, contracts, and folders of them; one"
            + " file alone where it has the answers of both sides."
      },
      footer = {
        "",
        "Exit: 0 all equal or tolerated, 1 differences, 2 wrong usage or an unreadable file.",
        "Example:",
        "  banyan compare legacy.har migrated.har --profile dotnet-json"
      })
  static final class Compare extends Launched {
    @Parameters(arity = "0..2", paramLabel = "FILE_OR_DIR", description = "Control, candidate.")
    List<String> places = new ArrayList<>();

    @Option(names = "--profile", paramLabel = "NAME", description = "How to compare (strict).")
    String profile = "";

    @Option(
        names = "--rules",
        paramLabel = "FILE_OR_DIR",
        description = "Rules with further profiles; without --profile each route's own is taken.")
    String rules = "";

    @Option(names = "--type", paramLabel = "MEDIA_TYPE", description = "What plain bodies are.")
    String type = "";

    @Option(names = "--json", description = "Print the findings as JSON.")
    boolean json;
  }

  @Command(
      name = "replay",
      description = "Sends a recording to both sides and reports like live traffic, offline.",
      footer = {
        "",
        "Exit: 0 all equal or tolerated, 1 differences, 2 wrong usage or an unreadable file.",
        "Example:",
        "  banyan replay traffic.gor --rules rules.yaml --against legacy,migrated --rate 50/s"
      })
  static final class Replay extends Launched {
    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The recording.")
    String file = "";

    @Option(
        names = "--against",
        paramLabel = "CONTROL,CANDIDATE",
        description = "Base URLs; with --rules also legacy, migrated, or names of upstreams.")
    String against = "";

    @Option(names = "--rules", paramLabel = "FILE_OR_DIR", description = "Routes and profiles.")
    String rules = "";

    @Option(names = "--profile", paramLabel = "NAME", description = "How to compare (strict).")
    String profile = "";

    @Option(names = "--rate", paramLabel = "N/s", description = "Requests a second, at the most.")
    String rate = "";

    @Option(names = "--concurrency", paramLabel = "N", description = "Under way at a time (4).")
    String concurrency = "";

    @Option(
        names = "--methods",
        paramLabel = "METHOD,…",
        description = "Which are sent (GET,HEAD).")
    String methods = "";

    @Option(names = "--unsafe", description = "Send what may change something, too.")
    boolean unsafe;

    @Option(
        names = "--host",
        paramLabel = "WHOSE",
        description = "The Host field: recorded (as it is) or target.")
    String host = "";

    @Option(names = "--json", description = "Print the report as JSON.")
    boolean json;
  }
}
