package dev.banyan.parity.privacy;

import dev.banyan.rules.PrivateFields;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is private by its name or place: what the rule set says, and names that credentials go by.
 */
final class PrivateNames {
  /** Ends of names, in lower case and without dashes and underscores. */
  private static final List<String> CREDENTIALS =
      List.of(
          "accesstoken",
          "idtoken",
          "refreshtoken",
          "clientsecret",
          "apikey",
          "password",
          "passwd",
          "pwd",
          "csrftoken",
          "verificationtoken",
          "viewstate",
          "eventvalidation",
          "sessionid",
          "secret");

  private static final Set<String> CREDENTIAL_NAMES =
      Set.of("token", "jwt", "sid", "authorization");

  private static final Set<String> CREDENTIAL_HEADERS =
      Set.of(
          "authorization",
          "proxy-authorization",
          "cookie",
          "set-cookie",
          "x-api-key",
          "api-key",
          "x-auth-token",
          "x-access-token",
          "x-csrf-token",
          "x-xsrf-token",
          "ocp-apim-subscription-key",
          "authentication-info",
          "proxy-authentication-info");

  private static final int LONGEST_NAME = 200;

  private final PrivateFields fields;
  private final int longestLocation;

  PrivateNames(PrivateFields fields) {
    this.fields = fields;
    this.longestLocation = fields.locations().stream().mapToInt(String::length).max().orElse(0);
  }

  boolean isPrivate(String name) {
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      return false;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    return fields.names().contains(lower) || isCredential(lower);
  }

  boolean isPrivateHeader(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return CREDENTIAL_HEADERS.contains(lower)
        || isPrivate(lower)
        || fields.locations().contains("header." + lower);
  }

  boolean isPrivateAt(@Nullable String location) {
    return location != null && fields.locations().contains(location);
  }

  /**
   * A place below another one, in lower case; null where nothing so long is private, so that deep
   * bodies cost nothing.
   */
  @Nullable String below(@Nullable String parent, String step) {
    if (parent == null || parent.length() + step.length() > longestLocation) {
      return null;
    }
    return parent + step.toLowerCase(Locale.ROOT);
  }

  private static boolean isCredential(String lower) {
    if ("nytd".indexOf(lower.charAt(lower.length() - 1)) < 0 && !lower.endsWith("ate")) {
      return false;
    }
    String plain = lower.replace("_", "").replace("-", "");
    for (String end : CREDENTIALS) {
      if (plain.endsWith(end)) {
        return true;
      }
    }
    return CREDENTIAL_NAMES.contains(plain);
  }
}
