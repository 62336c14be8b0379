package dev.banyan.contracts;

import dev.banyan.parity.RequestCopy;

/** Names interactions for people: method and target, and the operation where SOAP names one. */
final class InteractionName {
  private static final int MAX = 120;

  private InteractionName() {}

  static String of(RequestCopy request) {
    String name =
        request.method()
            + " "
            + request.target()
            + request.headers().first("soapaction").map(InteractionName::operation).orElse("");
    String shown = name.length() <= MAX ? name : name.substring(0, MAX - 1) + "…";
    return printable(shown);
  }

  /** {@code "http://legacy.example/catalog/GetPrice"} → {@code #GetPrice}. */
  private static String operation(String action) {
    String bare = action.replace("\"", "");
    String last = bare.substring(Math.max(bare.lastIndexOf('/'), bare.lastIndexOf('#')) + 1);
    return last.isEmpty() ? "" : " #" + last;
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
