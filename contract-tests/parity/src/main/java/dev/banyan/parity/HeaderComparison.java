package dev.banyan.parity;

import dev.banyan.parity.Difference.Kind;
import dev.banyan.parity.body.MediaType;
import dev.banyan.parity.body.QuotedText;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Compares the headers that a profile names. Repeated fields are one list (RFC 9110, section 5.3);
 * the white space around list items says nothing; the values of cookies are never looked at.
 */
final class HeaderComparison {
  /** Fields whose commas are part of the value. */
  private static final Set<String> NOT_LISTS =
      Set.of("location", "content-location", "refresh", "etag", "last-modified", "expires", "date");

  private final List<String> names;

  HeaderComparison(Collection<String> names) {
    this.names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).sorted().toList();
  }

  void compare(Headers control, Headers candidate, Findings findings) {
    for (String name : names) {
      compareOne(name, control.values(name), candidate.values(name), findings);
    }
  }

  private static void compareOne(
      String name, List<String> control, List<String> candidate, Findings findings) {
    boolean cookies = name.equals("set-cookie");
    if (control.equals(candidate)) {
      return;
    }
    List<String> left = cookies ? CookieShape.of(control) : control;
    List<String> right = cookies ? CookieShape.of(candidate) : candidate;

    Optional<Kind> kind = kind(name, left, right);
    if (kind.isPresent()) {
      findings.add("header." + name, kind.get(), String.join(", ", left), String.join(", ", right));
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
    if (name.startsWith("access-control-") && Set.copyOf(left).equals(Set.copyOf(right))) {
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
    return values.stream().flatMap(value -> QuotedText.split(value, ',').stream()).toList();
  }
}
