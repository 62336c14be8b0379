package dev.banyan.suite;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Fifty values that nobody may find again, by the way they are recognised. */
final class KnownSecrets {
  static final List<String> EMAILS =
      List.of(
          "wilhelmina.quack@salted-mail.example",
          "o.obrien+news@salted-mail.example",
          "kontakt@salted-firma.example",
          "first_last@mail.salted-host.example",
          "x9y8z7@salted-mail.example",
          "path.person@salted-mail.example",
          "query.person@salted-mail.example",
          "header.person@salted-mail.example");
  static final List<String> IBANS =
      List.of(
          "DE89370400440532013000",
          "GB29 NWBK 6016 1331 9268 19",
          "FR1420041010050500013M02606",
          "NL91ABNA0417164300",
          "AT611904300234573201");
  static final List<String> CARDS =
      List.of(
          "4111111111111111",
          "5500 0000 0000 0004",
          "3782-822463-10005",
          "6011111111111117",
          "4000056655665556",
          "5105105105105100");
  static final List<String> PHONES =
      List.of(
          "+49 30 90182736",
          "+1 (555) 867-5309",
          "+441632960961",
          "0049 89 76543210",
          "(212) 555-0187",
          "01 42 68 53 97");
  static final List<String> IDS =
      List.of(
          "219-09-9999",
          "AB123456C",
          "86095742719",
          "12345678Z",
          "255081416802538",
          "529.982.247-25");
  static final List<String> AUTHORIZATIONS =
      List.of("tok3n-of-a-bearer-77aa", "dXNlcjpzYWx0ZWRwYXNz", "an0ther-bearer-88bb");
  static final List<String> COOKIES = List.of("c00kie-session-11cc", "c00kie-basket-22dd");
  static final List<String> SET_COOKIES = List.of("set-c00kie-33ee", "set-c00kie-44ff");
  static final List<String> API_KEYS = List.of("ap1-key-of-a-client-55gg");
  static final List<String> PASSWORDS =
      List.of("Tr0ub4dor-and-3", "c0rrect-h0rse", "acce55-t0ken-66hh");
  static final List<String> NAMES =
      List.of("Quackenbush", "Żółcińska", "Featherstonehaugh", "Bartholomäus", "Cholmondeley");
  static final List<String> CONFIGURED =
      List.of("7315902", "left the house at noon", "diagnosis-J45.9");

  private KnownSecrets() {}

  static List<String> all() {
    List<String> all = new ArrayList<>();
    List.of(
            EMAILS,
            IBANS,
            CARDS,
            PHONES,
            IDS,
            AUTHORIZATIONS,
            COOKIES,
            SET_COOKIES,
            API_KEYS,
            PASSWORDS,
            NAMES,
            CONFIGURED)
        .forEach(all::addAll);
    return all;
  }

  /** Those that a text has, written in any of the ways that texts write them. */
  static List<String> in(String text) {
    return all().stream()
        .filter(secret -> forms(secret).stream().anyMatch(text::contains))
        .toList();
  }

  private static Set<String> forms(String secret) {
    byte[] utf8 = secret.getBytes(StandardCharsets.UTF_8);
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < secret.length(); i++) {
      char c = secret.charAt(i);
      escaped.append(c < 128 ? String.valueOf(c) : "\\u%04x".formatted((int) c));
    }
    return new LinkedHashSet<>(
        List.of(
            secret,
            new String(utf8, StandardCharsets.ISO_8859_1),
            escaped.toString(),
            URLEncoder.encode(secret, StandardCharsets.UTF_8),
            secret.replace("@", "%40"),
            secret.replaceAll("[ ()-]", ""),
            HexFormat.of().formatHex(utf8)));
  }
}
