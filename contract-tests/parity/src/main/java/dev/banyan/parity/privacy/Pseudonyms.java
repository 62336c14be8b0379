package dev.banyan.parity.privacy;

import dev.banyan.parity.privacy.Letters.Alphabet;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keyed pseudonyms of the same form: a letter becomes a letter of the same case, a digit a digit,
 * everything else stays. Equal values have equal pseudonyms under one key.
 *
 * <p>Up to {@link #SHORT} bits it is a Feistel network over the alphabets of the chars, so that
 * different values of one form have different pseudonyms, however short they are; longer values are
 * moved by a key stream made of the whole value, where equal pseudonyms of different values are
 * beyond all odds. Separators take no part: {@code 4111 1111…} and {@code 41111111…} become the
 * same digits.
 */
final class Pseudonyms {
  private static final String HMAC = "HmacSHA256";

  /** Of all values of one form: 24 digits, or 17 letters. */
  private static final double SHORT = 80;

  private static final int ROUNDS = 10;
  private static final int MAC_SHOWN = 8;

  private final Mac keyed;

  Pseudonyms(byte[] key) {
    try {
      keyed = Mac.getInstance(HMAC);
      keyed.init(new SecretKeySpec(key, HMAC));
    } catch (NoSuchAlgorithmException | InvalidKeyException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  /** Of a text. */
  String of(String value) {
    Units units = Units.ofText(value);
    move(units);
    return units.text();
  }

  /**
   * Of a number as JSON writes it: still a number, of the same sign and magnitude. Zeros at the end
   * of a fraction and exponents stay, so that 9.9 and 9.90 remain equal.
   */
  String ofNumber(String lexeme) {
    int exponent = 0;
    while (exponent < lexeme.length() && "eE".indexOf(lexeme.charAt(exponent)) < 0) {
      exponent++;
    }
    int end = exponent;
    if (lexeme.substring(0, exponent).indexOf('.') >= 0) {
      while (lexeme.charAt(end - 1) == '0') {
        end--;
      }
    }
    Units units = Units.ofNumber(lexeme.substring(0, end));
    move(units);
    return units.text() + lexeme.substring(end);
  }

  /** Of a truth value: itself or the other one. */
  boolean of(boolean value) {
    return value ^ (mac("a truth value".getBytes(StandardCharsets.UTF_8))[0] < 0);
  }

  /** What tells bytes apart and says nothing about them: 16 hex digits. */
  String fingerprint(byte[] bytes) {
    return HexFormat.of().formatHex(mac(bytes), 0, MAC_SHOWN);
  }

  private void move(Units units) {
    int count = units.count();
    if (count == 0) {
      return;
    }
    byte[] form = mac(units.form());
    if (units.bits() > SHORT) {
      add(units, 0, count, mac(concat(form, units.places(0, count), 0)));
      return;
    }
    int half = count / 2;
    for (int round = 1; round <= ROUNDS; round++) {
      if (round % 2 == 0) {
        add(units, 0, half, mac(concat(form, units.places(half, count), round)));
      } else {
        add(units, half, count, mac(concat(form, units.places(0, half), round)));
      }
    }
  }

  /** Moves each unit in its alphabet by the stream that the seed gives. */
  private void add(Units units, int from, int to, byte[] seed) {
    byte[] stream = seed;
    int at = 0;
    int block = 0;
    for (int i = from; i < to; i++) {
      if (at + Integer.BYTES > stream.length) {
        block++;
        stream = mac(concat(seed, new byte[0], block));
        at = 0;
      }
      units.move(i, ByteBuffer.wrap(stream, at, Integer.BYTES).getInt());
      at += Integer.BYTES;
    }
  }

  private static byte[] concat(byte[] head, byte[] rest, int number) {
    return ByteBuffer.allocate(head.length + Integer.BYTES + rest.length)
        .put(head)
        .putInt(number)
        .put(rest)
        .array();
  }

  /** A Mac is used by one thread at a time. */
  private byte[] mac(byte[] message) {
    try {
      return ((Mac) keyed.clone()).doFinal(message);
    } catch (CloneNotSupportedException everyJavaCan) {
      throw new IllegalStateException(everyJavaCan);
    }
  }

  /** The chars of a value that are replaced, as places in their alphabets. */
  private static final class Units {
    private final char[] chars;
    private final int[] at;
    private final Alphabet[] alphabets;
    private final int[] places;
    private int count;

    private Units(String value) {
      chars = value.toCharArray();
      at = new int[chars.length];
      alphabets = new Alphabet[chars.length];
      places = new int[chars.length];
    }

    static Units ofText(String value) {
      Units units = new Units(value);
      int replaceable = 0;
      for (char c : units.chars) {
        replaceable += Letters.of(c) == null ? 0 : 1;
      }
      for (int i = 0; i < units.chars.length; i++) {
        // A number in a text stays one: it neither gets nor loses a 0 in front.
        units.take(i, units.count == 0 && replaceable > 1);
      }
      return units;
    }

    static Units ofNumber(String value) {
      Units units = new Units(value);
      int digits = (int) value.chars().filter(c -> c >= '0' && c <= '9').count();
      boolean negative = value.startsWith("-");
      boolean fraction = value.indexOf('.') >= 0;
      for (int i = 0; i < units.chars.length; i++) {
        boolean first = i == (negative ? 1 : 0) && (digits > 1 || negative);
        units.take(i, first || (fraction && i == units.chars.length - 1));
      }
      return units;
    }

    private void take(int i, boolean notZero) {
      char c = chars[i];
      Alphabet alphabet = Letters.of(c);
      boolean digit = c >= '0' && c <= '9';
      if (alphabet == null || (notZero && c == '0')) {
        return;
      }
      at[count] = i;
      alphabets[count] = notZero && digit ? Letters.NOT_ZERO : alphabet;
      places[count] = Letters.place(c, alphabets[count]);
      count++;
    }

    int count() {
      return count;
    }

    /** How many values of this form there are, as a power of two. */
    double bits() {
      double bits = 0;
      for (int i = 0; i < count && bits <= SHORT; i++) {
        bits += Math.log(alphabets[i].size()) / Math.log(2);
      }
      return bits;
    }

    byte[] form() {
      ByteBuffer form = ByteBuffer.allocate(count * Short.BYTES);
      for (int i = 0; i < count; i++) {
        form.putShort((short) alphabets[i].id());
      }
      return form.array();
    }

    byte[] places(int from, int to) {
      ByteBuffer out = ByteBuffer.allocate((to - from) * Short.BYTES);
      for (int i = from; i < to; i++) {
        out.putShort((short) places[i]);
      }
      return out.array();
    }

    void move(int i, int by) {
      int size = alphabets[i].size();
      places[i] = Math.floorMod(places[i] + Math.floorMod(by, size), size);
      chars[at[i]] = alphabets[i].at(places[i]);
    }

    String text() {
      return new String(chars);
    }
  }
}
