package dev.banyan.rules;

/** Finds a cookie's value in a Cookie header without copying it (RFC 6265, section 4.2.1). */
final class CookieField {
  private CookieField() {}

  /** Where the value of the first cookie of this name begins; -1 if there is none. */
  static int start(String cookies, String name) {
    int at = 0;
    while (at < cookies.length()) {
      while (at < cookies.length() && (cookies.charAt(at) == ' ' || cookies.charAt(at) == '\t')) {
        at++;
      }
      int value = at + name.length() + 1;
      if (value <= cookies.length()
          && cookies.startsWith(name, at)
          && cookies.charAt(value - 1) == '=') {
        return value;
      }
      int next = cookies.indexOf(';', at);
      at = next < 0 ? cookies.length() : next + 1;
    }
    return -1;
  }

  /** Where the value that begins there ends. */
  static int end(String cookies, int start) {
    int end = cookies.indexOf(';', start);
    return end < 0 ? cookies.length() : end;
  }
}
