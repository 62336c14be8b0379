package dev.banyan.parity;

import dev.banyan.parity.Difference.Kind;
import dev.banyan.parity.body.MediaType;
import dev.banyan.parity.body.QuotedText;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Compares the headers that a profile names. Repeated fields are one list (RFC 9110, section 5.3);
 * the white space around list items says nothing, nor does the order of most; the values of cookies
 * are never looked at.
 */
final class HeaderComparison {
  /** Fields whose commas are part of the value. */
  private static final Set<String> NOT_LISTS =
      Set.of(
          "grpc-message",
          "location",
          "content-location",
          "refresh",
          "etag",
          "last-modified",
          "expires",
          "date");

  private static final String CACHE_CONTROL = "cache-control";

  /** How a profile names a trailer among its headers. */
  private static final String TRAILER = "trailer.";

  private static final Set<String> DESTINATIONS = Set.of("location", "content-location");

  private final List<String> names;
  private final List<String> trailers;

  HeaderComparison(Collection<String> names) {
    List<String> all = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).sorted().toList();
    this.names = all.stream().filter(name -> !name.startsWith(TRAILER)).toList();
    this.trailers =
        Stream.concat(
                Stream.of("grpc-status", "grpc-message"),
                all.stream()
                    .filter(name -> name.startsWith(TRAILER))
                    .map(name -> name.substring(TRAILER.length())))
            .distinct()
            .toList();
  }

  /**
   * @param request what both answer; Locations are compared as sent where its host is not known
   */
  void compare(
      Observation.Answered control,
      Observation.Answered candidate,
      RequestCopy request,
      Findings findings) {
    for (String name : names) {
      List<String> left = control.headers().values(name);
      List<String> right = candidate.headers().values(name);
      if (!DESTINATIONS.contains(name) || !samePlace(left, right, request)) {
        compareOne("header.", name, left, right, findings);
      }
    }
    for (String name : trailers) {
      compareOne(TRAILER, name, trailer(name, control), trailer(name, candidate), findings);
    }
  }

  /** Without a body, gRPC's trailers are sent as headers. */
  private static List<String> trailer(String name, Observation.Answered answer) {
    List<String> values = answer.trailers().values(name);
    return values.isEmpty() && name.startsWith("grpc-") ? answer.headers().values(name) : values;
  }

  private static boolean samePlace(
      List<String> control, List<String> candidate, RequestCopy request) {
    if (control.size() != 1 || candidate.size() != 1) {
      return false;
    }
    Optional<Destination> left = Destination.of(control.getFirst(), request);
    Optional<Destination> right = Destination.of(candidate.getFirst(), request);
    return left.isPresent() && right.isPresent() && left.get().sameAs(right.get());
  }

  private static void compareOne(
      String place, String name, List<String> control, List<String> candidate, Findings findings) {
    boolean cookies = name.equals("set-cookie");
    if (control.equals(candidate)) {
      return;
    }
    List<String> left = cookies ? CookieShape.of(control) : control;
    List<String> right = cookies ? CookieShape.of(candidate) : candidate;

    Optional<Kind> kind = kind(name, left, right);
    if (kind.isPresent()) {
      findings.add(place + name, kind.get(), String.join(", ", left), String.join(", ", right));
    }
  }

  private static Optional<Kind> kind(String name, List<String> control, List<String> candidate) {
    if (control.isEmpty() != candidate.isEmpty()) {
      return Optional.of(control.isEmpty() ? Kind.EXTRA : Kind.MISSING);
    }
    if (name.equals("etag") && !control.isEmpty()) {
      // Another server makes another hash of the same answer; that there is one is what counts.
      return Optional.empty();
    }
    if (name.equals("content-type") && sameMediaType(control, candidate)) {
      return Optional.empty();
    }
    List<String> left = items(name, control);
    List<String> right = items(name, candidate);
    if (left.equals(right)) {
      return Optional.empty();
    }
    if (isSet(name, left) && isSet(name, right) && Set.copyOf(left).equals(Set.copyOf(right))) {
      return Optional.empty();
    }
    boolean reordered = left.stream().sorted().toList().equals(right.stream().sorted().toList());
    return Optional.of(reordered ? Kind.ORDER : Kind.VALUE);
  }

  private static boolean sameMediaType(List<String> control, List<String> candidate) {
    Optional<MediaType> left = MediaType.parse(control.getFirst());
    Optional<MediaType> right = MediaType.parse(candidate.getFirst());
    return control.size() == candidate.size()
        && left.isPresent()
        && left.map(MediaType::withoutDefaults).equals(right.map(MediaType::withoutDefaults));
  }

  private static List<String> items(String name, List<String> values) {
    if (NOT_LISTS.contains(name) || name.equals("set-cookie")) {
      return values;
    }
    return values.stream()
        .flatMap(value -> QuotedText.split(value, ',').stream())
        .map(item -> inItsCase(name, item))
        .toList();
  }

  /** Names of directives and of fields have no case (RFC 9111, 5.2; RFC 9110, 12.5.5). */
  private static String inItsCase(String name, String item) {
    return switch (name) {
      case "vary" -> item.toLowerCase(Locale.ROOT);
      case CACHE_CONTROL -> {
        String directive = directive(item);
        yield directive.toLowerCase(Locale.ROOT) + item.substring(directive.length());
      }
      default -> item;
    };
  }

  /**
   * Whether the order of the items says nothing; of a directive that is repeated with another value
   * the first one may count (RFC 9111, section 4.2.1).
   */
  private static boolean isSet(String name, List<String> items) {
    if (name.equals(CACHE_CONTROL)) {
      return items.stream().map(HeaderComparison::directive).distinct().count()
          == items.stream().distinct().count();
    }
    return name.startsWith("access-control-") || name.equals("allow") || name.equals("vary");
  }

  private static String directive(String item) {
    int equals = item.indexOf('=');
    return equals < 0 ? item : item.substring(0, equals);
  }
}
