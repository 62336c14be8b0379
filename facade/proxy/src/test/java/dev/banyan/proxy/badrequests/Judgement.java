package dev.banyan.proxy.badrequests;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What became of a case, in one word for the documentation and with all that is wrong.
 *
 * @param outcome {@code 400}, {@code forwarded}, {@code cut}, {@code closed}, {@code silent} …
 * @param wrong empty where the case holds
 */
record Judgement(Case of, String outcome, List<String> wrong) {
  private static final Set<Integer> REFUSED =
      Set.of(400, 403, 404, 405, 408, 411, 413, 414, 417, 421, 422, 426, 431, 500, 501, 502, 505);
  private static final Set<Integer> UPSTREAM_FAILED = Set.of(500, 501, 502, 503, 504);

  static Judgement of(
      Case one, List<SeenRequest> seen, List<String> errors, Heard heard, String canary) {
    List<String> wrong = new ArrayList<>(errors);
    if (!canary.isEmpty()) {
      wrong.add("canary: " + canary);
    }
    boolean smuggled =
        seen.stream()
            .anyMatch(r -> r.target.startsWith("/smuggled") || !r.values("x-smuggled").isEmpty());
    if (smuggled && heard.last().size() < seen.size()) {
      wrong.add("the upstream saw a request that the facade did not see");
    }
    boolean nothingWent = seen.isEmpty() && errors.isEmpty();
    int status = heard.last().isEmpty() ? 0 : heard.last().getFirst().status();
    boolean refused = nothingWent && REFUSED.contains(status);
    boolean closed = nothingWent && status == 0 && heard.closed();
    boolean aborted =
        seen.size() == 1 && !seen.getFirst().complete && (status == 0 || REFUSED.contains(status));
    boolean stopped = refused || closed || aborted;
    switch (one.expect()) {
      case "R", "RC" -> {
        if (!stopped) {
          wrong.add("not refused");
        } else if (refused && heard.last().size() > 1) {
          wrong.add("answered again after the refusal");
        }
      }
      case "S" -> {
        if (!stopped && seen.isEmpty()) {
          wrong.add("neither refused nor forwarded");
        } else if (!stopped) {
          wrong.addAll(ForwardedForm.check(one.up(), seen, heard));
        }
      }
      case "U" -> upstreamsFault(one, status, heard, seen, wrong);
      default -> forwarded(one, seen, heard, wrong);
    }
    if (!one.expect().equals("U") && !heard.junk().isEmpty() && !heard.wellFormed()) {
      wrong.add("client got junk: " + heard.junk());
    }
    return new Judgement(one, outcome(nothingWent, aborted, status, seen, heard), wrong);
  }

  private static void forwarded(Case one, List<SeenRequest> seen, Heard heard, List<String> wrong) {
    wrong.addAll(ForwardedForm.check(one.up(), seen, heard));
    List<Integer> statuses = heard.last().stream().map(Heard.Answer::status).toList();
    boolean policy = one.expect().equals("P");
    if (statuses.isEmpty() && one.up().getInteger("n", 1) > 0) {
      wrong.add("no answer");
    } else if (!policy && !one.statuses().containsAll(statuses)) {
      wrong.add("status " + statuses);
    }
  }

  private static void upstreamsFault(
      Case one, int status, Heard heard, List<SeenRequest> seen, List<String> wrong) {
    if (status == 0 && !heard.closed()) {
      wrong.add("no answer");
    } else if (status != 0
        && !one.statuses().contains(status)
        && !UPSTREAM_FAILED.contains(status)) {
      wrong.add("status " + status);
    }
    if (!heard.junk().isEmpty()) {
      wrong.add("junk after the answer: " + heard.junk());
    }
    wrong.addAll(ForwardedForm.check(one.up(), seen, heard));
  }

  private static String outcome(
      boolean nothingWent, boolean aborted, int status, List<SeenRequest> seen, Heard heard) {
    if (nothingWent || aborted) {
      return status > 0 ? Integer.toString(status) : heard.closed() ? "closed" : "no answer";
    }
    String times = seen.size() > 1 ? " ×" + seen.size() : "";
    boolean cut = !heard.last().isEmpty() && !heard.last().getFirst().whole();
    return status == 0
        ? "forwarded" + times + ", closed"
        : "forwarded" + times + ", " + (cut ? "cut " : "") + status;
  }
}
