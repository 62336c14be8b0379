package dev.banyan.rules;

import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the answers of a route are compared, as written.
 *
 * @param name as routes call it
 * @param headers lower-case names of the headers that must agree
 * @param arrays whether the order of JSON arrays matters
 * @param keys by the location of an array, the member that tells its elements apart
 * @param rules the safe rules that hold everywhere
 * @param tolerances accepted differences
 * @param protobuf what messages are read by; without it, fields are told by their tags
 */
public record CompareProfile(
    String name,
    Set<String> headers,
    Arrays arrays,
    Map<String, String> keys,
    Set<CompareRule> rules,
    List<Tolerance> tolerances,
    Optional<ProtobufTypes> protobuf) {

  /** How JSON arrays are compared. */
  public enum Arrays {
    ORDERED,
    UNORDERED
  }

  /** The {@link Tolerance#at} of a rule that holds at every place. */
  public static final String EVERYWHERE = "**";

  /**
   * What is accepted at one place, and who answers for it.
   *
   * @param name unique in the profile; counted under this name
   * @param at a location as differences give it, such as {@code $.items[*].price} or {@code
   *     header.etag}; {@link #EVERYWHERE} for a rule that holds at every place
   * @param accepts what it accepts there
   * @param owner who answers for it
   * @param reason why it is accepted
   * @param expires the last day it holds
   */
  public record Tolerance(
      String name,
      String at,
      Accepted accepts,
      String owner,
      String reason,
      Optional<LocalDate> expires) {

    public Tolerance(String name, String at, String kind, String owner, String reason) {
      this(name, at, new Accepted.Kind(kind), owner, reason, Optional.empty());
    }

    public boolean holdsOn(LocalDate day) {
      return expires.isEmpty() || !day.isAfter(expires.get());
    }
  }

  /** What a tolerance accepts. */
  public sealed interface Accepted {
    /**
     * Every difference of a kind.
     *
     * @param word {@code value}, {@code missing}, {@code extra}, {@code type}, {@code order},
     *     {@code bytes}
     */
    record Kind(String word) implements Accepted {}

    /** What a rule recognises, and nothing else. */
    record Rule(CompareRule rule) implements Accepted {}
  }

  /** The headers that a client can see the difference of. */
  public static final Set<String> VISIBLE_HEADERS =
      Set.of(
          "content-type",
          "location",
          "cache-control",
          "content-disposition",
          "www-authenticate",
          "allow",
          "etag",
          "access-control-allow-origin",
          "access-control-allow-credentials",
          "access-control-allow-headers",
          "access-control-allow-methods",
          "access-control-expose-headers");

  /** No rule and no tolerance. */
  public static final CompareProfile STRICT = builtIn("strict", Set.of());

  /** What .NET's serializers and others write differently though it is the same. */
  public static final CompareProfile DOTNET_JSON =
      builtIn("dotnet-json", without(CompareRule.HTML_TOKENS));

  /** The same for SOAP and plain XML; typed values are compared as their types in any profile. */
  public static final CompareProfile DOTNET_SOAP =
      builtIn("dotnet-soap", without(CompareRule.HTML_TOKENS));

  /** Pages: hidden fields that are made anew for every request need only be there. */
  public static final CompareProfile HTML_PAGE =
      builtIn("html-page", Set.of(CompareRule.HTML_TOKENS));

  /** The profiles that every rule set has; a rule set may add to them but not replace them. */
  public static final List<CompareProfile> BUILT_IN =
      List.of(STRICT, DOTNET_JSON, DOTNET_SOAP, HTML_PAGE);

  public CompareProfile {
    headers = Set.copyOf(headers);
    keys = Map.copyOf(keys);
    rules = Set.copyOf(rules);
    tolerances = List.copyOf(tolerances);
  }

  /** Without types of messages. */
  public CompareProfile(
      String name,
      Set<String> headers,
      Arrays arrays,
      Map<String, String> keys,
      Set<CompareRule> rules,
      List<Tolerance> tolerances) {
    this(name, headers, arrays, keys, rules, tolerances, Optional.empty());
  }

  /** Without keys and rules. */
  public CompareProfile(
      String name, Set<String> headers, Arrays arrays, List<Tolerance> tolerances) {
    this(name, headers, arrays, Map.of(), Set.of(), tolerances);
  }

  public CompareProfile withTolerances(List<Tolerance> all) {
    return new CompareProfile(name, headers, arrays, keys, rules, all, protobuf);
  }

  private static CompareProfile builtIn(String name, Set<CompareRule> rules) {
    return new CompareProfile(name, VISIBLE_HEADERS, Arrays.ORDERED, Map.of(), rules, List.of());
  }

  private static Set<CompareRule> without(CompareRule rule) {
    EnumSet<CompareRule> rules = EnumSet.copyOf(CompareRule.safe());
    rules.remove(rule);
    return Collections.unmodifiableSet(rules);
  }
}
