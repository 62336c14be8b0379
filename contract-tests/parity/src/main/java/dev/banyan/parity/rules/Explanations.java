package dev.banyan.parity.rules;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks every rule about a difference. */
public final class Explanations {
  /** Chars of a text that rules look at: none of them knows anything longer, but bytes. */
  static final int LONGEST = 1 << 20;

  /** Those that need the most to hold come first: a GUID is also a word of letters and digits. */
  private static final List<Rule> RULES =
      List.of(
          new ScriptServiceWrapper(),
          new References(),
          new KeyValueList(),
          new TypeNames(),
          new Nothings(),
          new HtmlTokens(),
          new TraceIds(),
          new Guids(),
          new Times(),
          new OffsetObjects(),
          new Durations(),
          new ZoneNames(),
          new Doubles(),
          new Flags(),
          new BinaryForms(),
          new UrlHosts(),
          new TextForms(),
          new XmlForms(),
          new EnumCases(),
          new Statuses());

  private Explanations() {}

  /** The first rule's that knows the pair. */
  public static Optional<Explanation> of(Sight sight) {
    if (sight.location().endsWith("/namespace-uri()")) {
      return Optional.empty();
    }
    for (Rule rule : RULES) {
      @Nullable Explanation found = rule.explain(sight);
      if (found != null) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }
}
