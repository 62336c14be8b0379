package dev.banyan.proxy.badrequests;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One odd request, or one odd answer to a good one.
 *
 * @param parts what the client does
 * @param expect R refused; RC refused or closed; S refused, or forwarded in one unambiguous form; F
 *     forwarded; U the upstream misbehaves; P a policy of ours
 * @param up what must hold of what reached the upstream and of the answer
 * @param statuses the client may get where it is forwarded
 * @param answer what the upstream does; empty where it answers as usual
 */
record Case(
    String id,
    String title,
    List<Step> parts,
    String expect,
    JsonObject up,
    Set<Integer> statuses,
    List<Step> answer,
    String method) {

  /** Something that one end of a connection does. */
  sealed interface Step {
    record Write(String latin1) implements Step {}

    record Pause(long millis) implements Step {}

    record Word(String word) implements Step {}
  }

  static List<Case> all() {
    try (InputStream in = Case.class.getResourceAsStream("../bad-requests/cases.jsonl")) {
      if (in == null) {
        throw new IllegalStateException("cases.jsonl: none (expected: among the test resources)");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(line -> read(new JsonObject(line))).toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Case read(JsonObject json) {
    JsonArray answer = json.getJsonArray("resp");
    return new Case(
        json.getString("id"),
        json.getString("title"),
        steps(json.getJsonArray("parts")),
        json.getString("expect"),
        json.getJsonObject("up"),
        json.getJsonArray("status").stream().map(s -> (Integer) s).collect(Collectors.toSet()),
        answer == null ? List.of() : steps(answer),
        json.getString("method"));
  }

  private static List<Step> steps(JsonArray written) {
    List<Step> steps = new ArrayList<>();
    for (Object one : written) {
      steps.add(one instanceof String text ? new Step.Write(text) : step((JsonArray) one));
    }
    return steps;
  }

  private static Step step(JsonArray step) {
    return switch (step.getString(0)) {
      case "x" -> new Step.Write(step.getString(1).repeat(step.getInteger(2)));
      case "sleep" -> new Step.Pause(Math.round(step.getDouble(1) * 1000));
      default -> new Step.Word(step.getString(0));
    };
  }

  boolean does(String word) {
    return answer.contains(new Step.Word(word));
  }

  @Override
  public String toString() {
    return id + " " + title;
  }
}
