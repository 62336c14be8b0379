package dev.banyan.parity;

import java.util.ArrayList;
import java.util.List;

/** Pairs for diagnoses that the corpus has no pair of. */
final class CureSamples {
  private CureSamples() {}

  /** Control and candidate. */
  record Pair(Observation control, Observation candidate) {}

  static List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    json(pairs, "{\"a\":\"2014-03-09T14:05:30\"}", "{\"a\":[2014,3,9,14,5,30]}");
    json(pairs, "{\"a\":\"1.5.2024 10:00\"}", "{\"a\":\"2024-05-01T10:00:00\"}");
    json(pairs, "{\"isActive\":true}", "{\"active\":true}");
    json(pairs, "{\"urlValue\":1}", "{\"urlvalue\":1}");
    json(pairs, "{\"FirstName\":1}", "{\"firstName\":1}");
    json(pairs, "{\"a\":0.12}", "{\"a\":0.13}");
    json(pairs, "{\"a\":12.345}", "{\"a\":12.35}");
    json(pairs, "{\"a\":200}", "{\"a\":-56}");
    json(pairs, "{\"a\":18446744073709551615}", "{\"a\":-1}");
    json(pairs, "{\"a\":9007199254740993}", "{\"a\":9007199254740992}");
    json(pairs, "{\"a\":12.50}", "{\"a\":\"12.50\"}");
    json(pairs, "{\"a\":2}", "{\"a\":\"ACTIVE\"}");
    json(pairs, "{\"a\":\"O'Brien & Co\"}", "{\"a\":\"O&#39;Brien &amp; Co\"}");
    json(pairs, "{\"a\":\"Größe\"}", "{\"a\":\"GrÃ¶Ã\u009fe\"}");
    json(pairs, "{\"a\":\"x😀\"}", "{\"a\":\"x?\"}");
    json(pairs, "{\"Item1\":1}", "{}");
    json(pairs, "{\"a\":5}", "{\"a\":null}");
    json(pairs, "{\"a\":[1]}", "{\"a\":1}");
    json(pairs, "{\"a\":\"x \"}", "{\"a\":\"x\"}");
    json(pairs, "{\"a\":\"red wine\"}", "{\"a\":\"RED WINE\"}");
    json(pairs, "{\"a\":\"red wine\"}", "{\"a\":\"red w\"}");
    json(pairs, "{\"a\":\"failed\"}", "{\"a\":\"Oops\\n\\tat a.B.c(B.java:1)\"}");
    json(pairs, "{\"a\":\"2014-03-09T14:05:30Z\"}", "{\"a\":\"2014-03-09T13:05:30Z\"}");
    json(pairs, "{\"a\":\"2014-03-09T14:05:30Z\"}", "{\"a\":\"2019-01-01T01:02:03Z\"}");
    json(
        pairs,
        "[\"apfel\",\"Äpfel\",\"Banane\",\"Zebra\"]",
        "[\"Banane\",\"Zebra\",\"apfel\",\"Äpfel\"]");
    json(pairs, "[3,1,2]", "[1,2,3]");
    json(pairs, "{\"Message\":\"No order 1\"}", "{\"detail\":\"No order 1\"}");
    statuses(pairs);
    headers(pairs);
    pairs.add(
        new Pair(
            CureTest.answer(200, "application/xml", "<a xmlns=\"urn:one\"><b/></a>"),
            CureTest.answer(200, "application/xml", "<a xmlns=\"urn:two\"><b/></a>")));
    return pairs;
  }

  private static void json(List<Pair> pairs, String control, String candidate) {
    pairs.add(new Pair(Answers.json(control), Answers.json(candidate)));
  }

  private static void statuses(List<Pair> pairs) {
    int[][] all = {
      {200, 307}, {302, 401}, {200, 404}, {201, 415}, {200, 500}, {500, 422}, {200, 400}, {200, 413}
    };
    for (int[] one : all) {
      pairs.add(new Pair(Answers.with(one[0], Body.EMPTY), Answers.with(one[1], Body.EMPTY)));
    }
  }

  private static void headers(List<Pair> pairs) {
    header(pairs, "Cache-Control", "private", "no-store");
    header(pairs, "Access-Control-Allow-Origin", "*", "https://shop.example");
    header(pairs, "Location", "http://legacy-01/a", "https://shop.example/b");
    pairs.add(
        new Pair(CureTest.answer(200, "text/plain", "a"), CureTest.answer(200, "text/csv", "a")));
  }

  private static void header(List<Pair> pairs, String name, String control, String candidate) {
    pairs.add(
        new Pair(
            Answers.with(200, Body.EMPTY, name, control),
            Answers.with(200, Body.EMPTY, name, candidate)));
  }
}
