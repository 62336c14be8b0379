package dev.banyan.rules;

import java.util.List;
import java.util.Set;

/**
 * How the answers of a route are compared, as written.
 *
 * @param name as routes call it
 * @param headers lower-case names of the headers that must agree
 * @param arrays whether the order of JSON arrays matters
 * @param tolerances accepted differences
 */
public record CompareProfile(
    String name, Set<String> headers, Arrays arrays, List<Tolerance> tolerances) {

  /** How JSON arrays are compared. */
  public enum Arrays {
    ORDERED,
    UNORDERED
  }

  /**
   * A named rule that accepts one kind of difference at one place.
   *
   * @param name unique in the profile; counted under this name
   * @param at a location as differences give it, such as {@code $.items[*].price} or {@code
   *     header.etag}
   * @param kind what is accepted there: {@code value}, {@code missing}, {@code extra}, {@code
   *     type}, {@code order}
   * @param owner who answers for it
   * @param reason why it is accepted
   */
  public record Tolerance(String name, String at, String kind, String owner, String reason) {}

  /** The headers that a client can see the difference of. */
  public static final Set<String> VISIBLE_HEADERS =
      Set.of(
          "content-type",
          "location",
          "cache-control",
          "content-disposition",
          "www-authenticate",
          "allow");

  public static final CompareProfile STRICT =
      new CompareProfile("strict", VISIBLE_HEADERS, Arrays.ORDERED, List.of());
  public static final CompareProfile DOTNET_JSON =
      new CompareProfile("dotnet-json", VISIBLE_HEADERS, Arrays.ORDERED, List.of());

  /** The profiles that every rule set has; a rule set may add to them but not replace them. */
  public static final List<CompareProfile> BUILT_IN = List.of(STRICT, DOTNET_JSON);

  public CompareProfile {
    headers = Set.copyOf(headers);
    tolerances = List.copyOf(tolerances);
  }
}
