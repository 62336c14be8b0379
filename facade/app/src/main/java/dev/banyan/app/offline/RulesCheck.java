package dev.banyan.app.offline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.rules.Problem;
import dev.banyan.rules.ReadResult;
import dev.banyan.rules.RuleSetReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code banyan rules check PATH [--json]}. */
public final class RulesCheck {
  private RulesCheck() {}

  public static int run(List<String> words) {
    List<String> paths = words.stream().filter(w -> !w.startsWith("--")).toList();
    boolean json = words.contains("--json");
    if (paths.size() != 1 || words.size() != (json ? 2 : 1)) {
      System.err.println("usage: banyan rules check PATH [--json]");
      return 2;
    }
    return switch (RuleSetReader.read(Path.of(paths.getFirst()))) {
      case ReadResult.Accepted accepted -> {
        int routes = accepted.rules().routes().size();
        int upstreams = accepted.rules().upstreams().size();
        System.out.println(
            json
                ? json(
                    Map.of(
                        "valid",
                        true,
                        "routes",
                        routes,
                        "upstreams",
                        upstreams,
                        "digest",
                        accepted.rules().digest()))
                : "valid: " + routes + " routes, " + upstreams + " upstreams");
        yield 0;
      }
      case ReadResult.Rejected rejected -> {
        if (json) {
          System.out.println(json(Map.of("valid", false, "problems", rejected.problems())));
        } else {
          for (Problem problem : rejected.problems()) {
            System.out.println(problem);
          }
          System.out.println(rejected.problems().size() + " problems");
        }
        yield 1;
      }
    };
  }

  private static String json(Object value) {
    try {
      return new ObjectMapper().writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("plain values", impossible);
    }
  }
}
