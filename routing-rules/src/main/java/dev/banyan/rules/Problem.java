package dev.banyan.rules;

/**
 * One mistake in a rule file.
 *
 * @param file as the user named it
 * @param line 1-based
 * @param place where in the document: {@code routes[2].match.path}
 * @param what the mistake with the value: {@code unknown key: mehtods}
 * @param cure what to write instead: {@code did you mean methods?}
 */
public record Problem(String file, int line, String place, String what, String cure) {
  @Override
  public String toString() {
    return file + ":" + line + ": " + place + ": " + what + " (" + cure + ")";
  }
}
