package dev.banyan.app.offline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words of a command.
 *
 * @param places words that belong to no option, in order
 * @param values of the options that take one, in order where an option is there several times
 * @param flags the options without a value that are there
 */
record Arguments(List<String> places, Map<String, List<String>> values, Set<String> flags) {
  Arguments {
    places = List.copyOf(places);
    values = Map.copyOf(values);
    flags = Set.copyOf(flags);
  }

  /**
   * @param valued the options that take a value
   * @param bare those that take none
   */
  static Arguments parse(List<String> words, List<String> valued, List<String> bare)
      throws WrongUsage {
    List<String> places = new ArrayList<>();
    Map<String, List<String>> values = new HashMap<>();
    Set<String> flags = new HashSet<>();
    for (int at = 0; at < words.size(); at++) {
      String word = words.get(at);
      int equals = word.indexOf('=');
      String option = equals > 0 ? word.substring(0, equals) : word;
      if (!word.startsWith("--")) {
        places.add(word);
      } else if (bare.contains(word)) {
        flags.add(word);
      } else if (!valued.contains(option)) {
        List<String> all = new ArrayList<>(valued);
        all.addAll(bare);
        throw new WrongUsage("option: " + word + " (expected: one of " + all + ")");
      } else if (equals > 0) {
        values.computeIfAbsent(option, first -> new ArrayList<>()).add(word.substring(equals + 1));
      } else if (at + 1 < words.size()) {
        values.computeIfAbsent(option, first -> new ArrayList<>()).add(words.get(++at));
      } else {
        throw new WrongUsage("option: " + word + " without a value (expected: a value after it)");
      }
    }
    return new Arguments(places, values, flags);
  }

  /** The last one that was given. */
  Optional<String> value(String option) {
    List<String> given = all(option);
    return given.isEmpty() ? Optional.empty() : Optional.of(given.getLast());
  }

  List<String> all(String option) {
    return values.getOrDefault(option, List.of());
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }

  /** A whole number from 1 to {@code most}. */
  int count(String option, int otherwise, int most) throws WrongUsage {
    String given = value(option).orElse("");
    if (!values.containsKey(option)) {
      return otherwise;
    }
    if (!given.matches("\\d{1,9}")
        || Integer.parseInt(given) < 1
        || Integer.parseInt(given) > most) {
      throw new WrongUsage(option + ": " + given + " (expected: 1 to " + most + ")");
    }
    return Integer.parseInt(given);
  }
}
