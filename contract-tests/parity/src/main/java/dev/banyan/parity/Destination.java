package dev.banyan.parity;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a Location sends a client: what it says after it is resolved against the base that the
 * client sees. A relative one and one that names that base lead to the same place.
 *
 * @param scheme lower case; empty where the Location leaves it open
 * @param host with its port where that is not the scheme's own; empty for the public base
 * @param target path, query and fragment
 */
record Destination(String scheme, String host, String target) {
  private static final Pattern ABSOLUTE =
      Pattern.compile("(?:([A-Za-z][A-Za-z0-9+.-]*):)?//([^/?#\\s]*)(\\S*)");
  private static final int LONGEST = 8000;

  /** Whether both lead to the same place; a scheme that one leaves open may be any. */
  boolean sameAs(Destination other) {
    return host.equals(other.host)
        && target.equals(other.target)
        && (scheme.equals(other.scheme) || scheme.isEmpty() || other.scheme.isEmpty());
  }

  /** Empty where the request does not say its host, or the Location cannot be resolved. */
  static Optional<Destination> of(String location, RequestCopy request) {
    Optional<String> base = request.headers().first("host");
    if (base.isEmpty() || location.length() > LONGEST) {
      return Optional.empty();
    }
    Matcher absolute = ABSOLUTE.matcher(location);
    if (!absolute.matches()) {
      return relative(location, request.target());
    }
    String scheme = absolute.group(1) == null ? "" : absolute.group(1).toLowerCase(Locale.ROOT);
    String host = withoutPort(absolute.group(2), scheme);
    String rest = absolute.group(3);
    String target = rest.startsWith("/") ? rest : "/" + rest;
    boolean publicBase = host.equals(withoutPort(base.get(), scheme));
    return Optional.of(new Destination(scheme, publicBase ? "" : host, target));
  }

  private static Optional<Destination> relative(String location, String target) {
    if (location.startsWith("/")) {
      return Optional.of(new Destination("", "", location));
    }
    try {
      String path = target.split("[?#]", 2)[0];
      URI resolved = URI.create("http://base" + path).resolve(location);
      return "base".equals(resolved.getHost())
          ? Optional.of(new Destination("", "", resolved.toString().substring(11)))
          : Optional.empty();
    } catch (IllegalArgumentException noUri) {
      return Optional.empty();
    }
  }

  private static String withoutPort(String host, String scheme) {
    String lower = host.toLowerCase(Locale.ROOT);
    String own = scheme.equals("https") ? ":443" : ":80";
    return lower.endsWith(own) ? lower.substring(0, lower.length() - own.length()) : lower;
  }
}
