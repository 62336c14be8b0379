package dev.banyan.proxy.badrequests;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Holds what reached the upstream, and the answer, against what a case says of it. */
final class ForwardedForm {
  private final JsonObject up;
  private final List<String> wrong = new ArrayList<>();

  private ForwardedForm(JsonObject up) {
    this.up = up;
  }

  /** What is wrong; empty where nothing is. */
  static List<String> check(JsonObject up, List<SeenRequest> seen, Heard heard) {
    ForwardedForm form = new ForwardedForm(up);
    form.requests(seen);
    for (SeenRequest request : seen) {
      form.each(request);
    }
    if (!seen.isEmpty()) {
      form.first(seen.getFirst());
    }
    if (!heard.last().isEmpty()) {
      form.answer(heard.last().getFirst(), heard);
    }
    return form.wrong;
  }

  private void hold(boolean holds, String otherwise) {
    if (!holds) {
      wrong.add(otherwise);
    }
  }

  private List<String> words(String key) {
    return up.getJsonArray(key, new JsonArray()).stream().map(String::valueOf).toList();
  }

  private Iterable<Map.Entry<String, Object>> entries(String key) {
    return up.getJsonObject(key, new JsonObject());
  }

  private void requests(List<SeenRequest> seen) {
    int count = seen.size();
    hold(count == up.getInteger("n", count), "the upstream saw " + count + " requests");
    hold(count <= up.getInteger("n_max", count), "the upstream saw " + count + " requests");
    if (up.containsKey("hosts")) {
      List<String> hosts = seen.stream().map(r -> r.values("host").getFirst()).toList();
      hold(hosts.equals(words("hosts")), "hosts " + hosts);
    }
    if (up.containsKey("order")) {
      List<String> order = seen.stream().map(r -> r.target).toList();
      hold(order.equals(words("order")), "order " + order);
    }
  }

  private void each(SeenRequest request) {
    if (up.getBoolean("strict", false)) {
      hold(request.warnings.isEmpty(), "warnings " + request.warnings);
    }
    hold(
        !request.complete || !up.getBoolean("no_complete", false),
        "an unfinished request looked finished");
    for (String name : words("absent")) {
      hold(request.values(name).isEmpty(), name + " reached the upstream");
    }
    for (Map.Entry<String, Object> one : entries("absent_val")) {
      boolean there = any(request.values(one.getKey()), String.valueOf(one.getValue()));
      hold(!there, one.getKey() + " reached the upstream: " + request.values(one.getKey()));
    }
    if (up.containsKey("not_denied_as")) {
      boolean bypass = ServerModels.servesDenied(up.getString("not_denied_as"), request.target);
      hold(!bypass, "the upstream would serve /denied for " + request.target);
    }
  }

  private void first(SeenRequest request) {
    for (Map.Entry<String, Object> one : entries("has")) {
      List<String> values = request.values(one.getKey());
      hold(any(values, String.valueOf(one.getValue())), one.getKey() + " is " + values);
    }
    for (Map.Entry<String, Object> one : entries("multi")) {
      List<String> values = request.values(one.getKey());
      List<String> wanted = ((JsonArray) one.getValue()).stream().map(String::valueOf).toList();
      boolean same = values.equals(wanted) || values.equals(List.of(String.join(", ", wanted)));
      hold(same, one.getKey() + " is " + values);
    }
    for (Map.Entry<String, Object> one : entries("has_len")) {
      int length = String.join("", request.values(one.getKey())).length();
      hold(one.getValue().equals(length), one.getKey() + " has " + length + " bytes");
    }
    matches("target", request.target);
    matches("method", request.method);
    if (up.containsKey("target_in")) {
      hold(words("target_in").contains(request.target), "target " + request.target);
    }
    hold(request.minor == up.getInteger("minor", request.minor), "minor " + request.minor);
    String body = request.body.toString();
    if (up.containsKey("body") && request.complete) {
      hold(body.equals(up.getString("body")), "body " + body);
    }
    for (String key : List.of("body_len", "body_len_total")) {
      int length = up.getInteger(key, body.length());
      hold(body.length() == length, "body of " + body.length());
    }
    hold(
        !request.chunkExtension || !up.getBoolean("no_chunk_ext", false),
        "a chunk extension reached the upstream");
    for (String name : words("absent_trailers")) {
      boolean there =
          request.trailers.stream().anyMatch(t -> t.name().toLowerCase(Locale.ROOT).equals(name));
      hold(!there, "trailer " + name + " reached the upstream");
    }
  }

  private void matches(String key, String is) {
    String pattern = up.getString(key);
    hold(pattern == null || Pattern.compile(pattern).matcher(is).find(), key + " " + is);
  }

  private static boolean any(List<String> values, String pattern) {
    return values.stream().anyMatch(v -> Pattern.compile(pattern).matcher(v).find());
  }

  private void answer(Heard.Answer answer, Heard heard) {
    boolean ok = answer.status() == 200;
    if (up.containsKey("resp_body") && ok) {
      hold(answer.body().equals(up.getString("resp_body")), "client got " + answer.body());
    }
    for (Map.Entry<String, Object> one : entries("resp_has")) {
      boolean has = any(answer.values(one.getKey()), String.valueOf(one.getValue()));
      hold(!ok || has, "answer's " + one.getKey() + " is " + answer.values(one.getKey()));
    }
    for (Map.Entry<String, Object> one : entries("resp_multi")) {
      List<String> wanted = ((JsonArray) one.getValue()).stream().map(String::valueOf).toList();
      List<String> values = answer.values(one.getKey());
      hold(values.equals(wanted), "answer's " + one.getKey() + " is " + values);
    }
    hold(
        !up.getBoolean("resp_aborted", false) || !ok || !answer.whole(),
        "a cut answer looked whole to the client");
    hold(
        !up.getBoolean("resp_wellformed", false) || heard.wellFormed(),
        "a malformed answer reached the client");
  }
}
