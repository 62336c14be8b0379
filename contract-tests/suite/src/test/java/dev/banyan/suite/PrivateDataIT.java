package dev.banyan.suite;

import static dev.banyan.suite.KnownSecrets.API_KEYS;
import static dev.banyan.suite.KnownSecrets.AUTHORIZATIONS;
import static dev.banyan.suite.KnownSecrets.COOKIES;
import static dev.banyan.suite.KnownSecrets.EMAILS;
import static dev.banyan.suite.KnownSecrets.NAMES;
import static dev.banyan.suite.KnownSecrets.PASSWORDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.app.database.EmbeddedDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fifty known secrets go through a shadowed and recorded route, and are found nowhere behind it.
 */
class PrivateDataIT {
  private static final List<String> KINDS =
      List.of("json", "xml", "html", "text", "contact", "zipped", "protobuf", "grpc");

  private static final Path SET =
      Processes.HOME.resolve("contract-tests/parity/src/test/resources/protobuf/orders.binpb");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void noneOfFiftySecretsIsFoundWhereverTrafficIsRemembered(@TempDir Path folder) throws Exception {
    Path databaseFolder = Files.createDirectories(folder.resolve("database"));
    Path own = Files.createDirectories(folder.resolve("facade"));
    try (SaltedUpstream legacy = new SaltedUpstream(0);
        SaltedUpstream migrated = new SaltedUpstream(1);
        SpanReceiver spans = new SpanReceiver();
        EmbeddedDatabase database = EmbeddedDatabase.in(databaseFolder);
        Facade facade =
            Facade.start(own, rules(own, legacy, migrated), environment(own, spans, database))) {
      assertThat(facade.stage("r", "shadow").statusCode()).isEqualTo(200);
      assertThat(facade.call("POST", "/api/v1/routes/r/contract/recording", "{}").statusCode())
          .isEqualTo(202);

      int sent = traffic(facade);
      Await.until(() -> mismatches(facade) >= sent, "every pair is compared");
      Await.until(
          () -> dump(database).getOrDefault("mismatch_exemplar", "").length() > 1000,
          "exemplars are stored");
      String contract = facade.call("DELETE", "/api/v1/routes/r/contract/recording", "").body();
      Await.until(() -> spans.spans().size() >= 2 * sent, "every span has arrived");

      Map<String, String> places = new TreeMap<>(dump(database));
      places.put("the recorded contract", contract);
      places.put("spans", spans.bytes());
      restAnswers(facade).forEach((path, answer) -> places.put("GET " + path, answer));
      files(own).forEach(places::put);
      files(databaseFolder).forEach(places::put);

      String everything = String.join("\n", legacy.told()) + String.join("\n", migrated.told());
      assertThat(KnownSecrets.all()).hasSize(50).doesNotHaveDuplicates();
      assertThat(KnownSecrets.in(everything)).containsExactlyElementsOf(KnownSecrets.all());
      assertThat(places)
          .containsKeys(
              "mismatch_signature", "mismatch_exemplar", "GET /api/v1/routes/r/mismatches")
          .anySatisfy((place, text) -> assertThat(place).endsWith("access.log"))
          .anySatisfy((place, text) -> assertThat(place).endsWith("facade.out"));
      assertThat(places.get("GET /api/v1/routes/r/mismatches"))
          .contains("total", "\\\"customer_name\\\": ", "messages[*].fields['15']");
      assertThat(places.get("GET /api/v1/routes/r/evidence")).contains("'].seen\"");
      assertThat(contract)
          .contains(
              "masked:", "- $.mail", "- $.name", "- request", "\"id\":17", "=<masked>; path=/");
      assertThat(places)
          .allSatisfy((place, text) -> assertThat(KnownSecrets.in(text)).as(place).isEmpty());
    }
  }

  @Test
  void whereOnlyPathsAreKeptNoValueIsKeptAtAll(@TempDir Path folder) throws Exception {
    try (SaltedUpstream legacy = new SaltedUpstream(0);
        SaltedUpstream migrated = new SaltedUpstream(1);
        Facade facade =
            Facade.start(
                folder, rules(folder, legacy, migrated), Map.of("BANYAN_STORE", "paths-only"))) {
      facade.stage("r", "shadow");
      int sent = traffic(facade);
      Await.until(() -> mismatches(facade) >= sent, "every pair is compared");

      JsonNode shown = facade.read("/api/v1/routes/r/mismatches");

      assertThat(shown.toString()).contains("$.total", "(not kept)");
      assertThat(KnownSecrets.in(shown.toString())).isEmpty();
      assertThat(shown.findValuesAsText("target")).isNotEmpty().containsOnly("/of/{id}/{kind}");
      for (List<JsonNode> places : List.of(shown.findValues("differences"))) {
        assertThat(places).isNotEmpty();
        for (JsonNode place : places) {
          assertThat(place.findValuesAsText("control")).containsOnly("");
          assertThat(place.findValuesAsText("candidate")).containsOnly("");
        }
      }
      assertThat(facade.call("POST", "/api/v1/routes/r/contract/recording", "{}").statusCode())
          .isEqualTo(409);
    }
  }

  private int traffic(Facade facade) throws IOException, InterruptedException {
    List<String> targets = new ArrayList<>();
    for (String kind : KINDS) {
      targets.add("/of/17/" + kind);
      targets.add("/of/17/" + kind + "?page=2&mail=" + encoded(EMAILS.get(6)));
    }
    targets.add("/of/" + encoded(EMAILS.get(5)) + "/json?name=" + encoded(NAMES.get(4)));
    targets.add("/of/17/json?access_token=" + PASSWORDS.get(2));
    for (String target : targets) {
      send(facade, target, BodyPublishers.noBody(), "GET", "text/plain");
    }
    String form = "name=" + encoded(NAMES.get(3)) + "&password=" + encoded(PASSWORDS.get(1));
    send(
        facade,
        "/of/17/json",
        BodyPublishers.ofString(form),
        "POST",
        "application/x-www-form-urlencoded");
    return targets.size() + 1;
  }

  private void send(
      Facade facade, String target, HttpRequest.BodyPublisher body, String method, String type)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + facade.port() + target))
            .header("Content-Type", type)
            .header("Authorization", "Bearer " + AUTHORIZATIONS.get(method.equals("POST") ? 2 : 0))
            .header("X-Auth-Token", AUTHORIZATIONS.get(1))
            .header("Cookie", "sid=" + COOKIES.get(0) + "; basket=" + COOKIES.get(1))
            .header("X-Api-Key", API_KEYS.get(0))
            .header("X-User", EMAILS.get(7))
            .method(method, body)
            .build();
    assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
  }

  private static long mismatches(Facade facade) throws Exception {
    return facade.read("/api/v1/routes/r/evidence").path("mismatched").asLong();
  }

  /** Every GET that the admin side says it has. */
  private static Map<String, String> restAnswers(Facade facade) throws Exception {
    JsonNode api = facade.read("/q/openapi?format=json");
    Map<String, String> answers = new TreeMap<>();
    for (var path : api.path("paths").properties()) {
      if (path.getValue().has("get")) {
        String at = path.getKey().replace("{id}", "r");
        answers.put(at, facade.call("GET", at, "").body());
      }
    }
    assertThat(answers).hasSizeGreaterThan(8);
    answers.put("/q/metrics", facade.call("GET", "/q/metrics", "").body());
    return answers;
  }

  /** Every row of every table, by its name. */
  private static Map<String, String> dump(EmbeddedDatabase database) throws Exception {
    Map<String, String> tables = new TreeMap<>();
    try (Connection connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        ResultSet names =
            connection.getMetaData().getTables(null, "banyan", "%", new String[] {"TABLE"})) {
      while (names.next()) {
        tables.put(names.getString("TABLE_NAME"), rows(connection, names.getString("TABLE_NAME")));
      }
    }
    return tables;
  }

  private static String rows(Connection connection, String table) throws SQLException {
    StringBuilder text = new StringBuilder();
    try (ResultSet rows =
        connection.createStatement().executeQuery("select * from banyan." + table)) {
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          text.append(rows.getString(i)).append('\n');
        }
      }
    }
    return text.toString();
  }

  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        texts.put(
            path.toString(), new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
      }
    }
    return texts;
  }

  private static Map<String, String> environment(
      Path folder, SpanReceiver spans, EmbeddedDatabase database) throws IOException {
    return Map.of(
        "BANYAN_ACCESS_LOG", folder.resolve("access.log").toString(),
        "BANYAN_TRACING_ENDPOINT", spans.uri(),
        "BANYAN_TRACING_RATIO", "1",
        "BANYAN_DATABASE_URL", database.jdbcUrl(),
        "BANYAN_DATABASE_USER", database.user(),
        "BANYAN_DATABASE_PASSWORD", database.password());
  }

  private static String rules(Path folder, SaltedUpstream legacy, SaltedUpstream migrated)
      throws IOException {
    Files.copy(SET, folder.resolve("orders.binpb"));
    return """
        version: 1
        upstreams:
          legacy: { url: "http://127.0.0.1:%d" }
          migrated: { url: "http://127.0.0.1:%d" }
        private:
          fields: [name, customer_name, $.account.salary, $.person.note, /Order/Diagnosis, header.x-user]
        routes:
          - id: r
            match: { path: "/of/{id}/{kind}" }
            legacy: legacy
            migrated: migrated
            shadow: { methods: [GET, POST], credentials: forward }
            compare: salted
            noise: { baseline: 100%%, rate: 1000/s }
        profiles:
          salted: { extends: strict, descriptors: orders.binpb }
        """
        .formatted(legacy.port(), migrated.port());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
