package dev.banyan.rules;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** All comparison profiles, each laid over the one it extends, in whatever order they stand. */
final class ProfileSet {
  private static final int LONGEST_CHAIN = 10;

  private final Map<String, ProfileReader.Written> written = new LinkedHashMap<>();
  private final Map<String, CompareProfile> settled = new LinkedHashMap<>();

  ProfileSet() {
    CompareProfile.BUILT_IN.forEach(profile -> settled.put(profile.name(), profile));
  }

  static boolean isBuiltIn(String name) {
    return CompareProfile.BUILT_IN.stream().anyMatch(profile -> profile.name().equals(name));
  }

  void add(ProfileReader.Written profile) {
    written.put(profile.name(), profile);
  }

  Set<String> names() {
    Set<String> names = new TreeSet<>(settled.keySet());
    names.addAll(written.keySet());
    return names;
  }

  /** Tells each profile that extends one that is nowhere. */
  void checkNames() {
    Set<String> names = names();
    for (ProfileReader.Written profile : written.values()) {
      profile
          .parentName()
          .filter(name -> !names.contains(name))
          .ifPresent(name -> profile.fields().at("extends").undefined("extends", name, names));
    }
  }

  /** All profiles by name; a circle and too long a chain are problems. */
  Map<String, CompareProfile> settle() {
    written.values().forEach(this::settle);
    return settled;
  }

  private void settle(ProfileReader.Written profile) {
    // Up to the first one that is settled, then down again: no recursion, as files are not trusted.
    Deque<ProfileReader.Written> open = new ArrayDeque<>();
    Optional<ProfileReader.Written> next = Optional.of(profile);
    while (next.isPresent() && !settled.containsKey(next.get().name())) {
      if (open.size() == LONGEST_CHAIN) {
        profile
            .fields()
            .at("extends")
            .problem(
                "profile " + profile.name() + " extends itself, or more than ten others",
                "let the chain end in strict or dotnet-json");
        settled.put(profile.name(), profile.on(CompareProfile.STRICT));
        return;
      }
      open.push(next.get());
      next = next.get().parentName().map(written::get);
    }
    for (ProfileReader.Written below : open) {
      CompareProfile base = below.parentName().map(settled::get).orElse(CompareProfile.STRICT);
      settled.put(below.name(), below.on(base));
    }
  }
}
