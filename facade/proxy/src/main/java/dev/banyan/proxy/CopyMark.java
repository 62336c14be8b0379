package dev.banyan.proxy;

import dev.banyan.parity.RequestCopy;
import dev.banyan.proxy.outgoing.Copy;
import dev.banyan.rules.WritePolicy.Writes;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What tells a copy from a live request: {@code Banyan-Shadow} where it must have no effect, {@code
 * Banyan-Copy} where it is to be carried out. Neither is taken over from clients.
 */
final class CopyMark {
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
  private static final Pattern USABLE = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private CopyMark() {}

  static void write(Writes writes, @Nullable String key, Copy.Fields to) {
    switch (writes) {
      case NEVER, DRY_RUN -> to.add("Banyan-Shadow", "1");
      case ISOLATED, AFTER_SUCCESS ->
          to.add("Banyan-Copy", writes.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    if (key != null) {
      to.add(IDEMPOTENCY_KEY, key);
    }
  }

  /** Whether a client's field, its name in lower case, gives way to the mark. */
  static boolean replaces(String lowerCaseName, @Nullable String key) {
    return key != null && lowerCaseName.equals("idempotency-key");
  }

  /**
   * The key of all tries of one write: the client's own, so that its repetitions are one write here
   * too; else a new one, as two equal requests that legacy carried out are two writes.
   */
  static String key(RequestCopy request) {
    return request
        .headers()
        .first(IDEMPOTENCY_KEY)
        .filter(own -> USABLE.matcher(own).matches())
        .orElseGet(() -> "banyan-" + UUID.randomUUID());
  }
}
