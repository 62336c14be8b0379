package dev.banyan.rules;

import java.util.Optional;

/** What an answer must carry so that its client stays on its side. */
@FunctionalInterface
public interface Stickiness {
  /** What the names of Banyan's own cookies begin with; they are nobody else's business. */
  String COOKIES = "banyan-side-";

  /**
   * The Set-Cookie field, if any: Banyan's own cookie for a client of a canary that nothing else
   * places, or the end of one that is no longer wanted.
   *
   * @param ticket the one that the request was decided with
   */
  Optional<String> setCookie(RequestHead head, long ticket);
}
