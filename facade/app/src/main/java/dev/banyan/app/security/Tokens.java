package dev.banyan.app.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tokens that open the admin side, by whose they are: the admin token, and those of people,
 * each a file of the folder {@code people} named like its person. Read at start.
 */
record Tokens(Map<String, byte[]> byName) {
  static final String ADMIN = "admin";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,99}");
  private static final int SHORTEST = 32;

  static Tokens read(String adminToken, Path people) throws IOException {
    Map<String, byte[]> found = new LinkedHashMap<>();
    found.put(ADMIN, adminToken.getBytes(StandardCharsets.UTF_8));
    if (Files.isDirectory(people)) {
      for (Path file : sorted(people)) {
        String name = file.getFileName().toString();
        String token = Files.readString(file, StandardCharsets.UTF_8).strip();
        if (!NAME.matcher(name).matches() || name.equalsIgnoreCase(ADMIN)) {
          throw new IOException(
              file
                  + ": not a person's name (expected: letters, digits, dots, dashes, @; not admin)");
        }
        if (token.length() < SHORTEST) {
          throw new IOException(file + ": too short a token (expected: 32 characters or more)");
        }
        found.put(name, token.getBytes(StandardCharsets.UTF_8));
      }
    }
    return new Tokens(found);
  }

  private static List<Path> sorted(Path people) throws IOException {
    try (Stream<Path> files = Files.list(people)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Whose token it is; all are looked at, so that the time tells nothing. */
  Optional<String> holder(String offered) {
    byte[] bytes = offered.getBytes(StandardCharsets.UTF_8);
    Optional<String> holder = Optional.empty();
    for (Map.Entry<String, byte[]> one : byName.entrySet()) {
      if (MessageDigest.isEqual(one.getValue(), bytes)) {
        holder = Optional.of(one.getKey());
      }
    }
    return holder;
  }
}
