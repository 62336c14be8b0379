package dev.banyan.parity.privacy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers that states give to people, where shape or check digits tell them from ids: US social
 * security numbers with dashes, UK national insurance numbers, German tax ids, Spanish DNI and NIE,
 * French NIR, Brazilian CPF with its dots, Dutch citizen service numbers with theirs.
 */
final class NationalId implements Detector {
  private static final Pattern SHAPE =
      Pattern.compile(
          "(?<ssn>(?!000|666|9)\\d{3}-(?!00)\\d\\d-(?!0000)\\d{4})"
              + "|(?<nino>(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
              + " ?\\d\\d ?\\d\\d ?\\d\\d ?[A-D])"
              + "|(?<cpf>\\d{3}\\.\\d{3}\\.\\d{3}-\\d\\d)"
              + "|(?<bsn>\\d{4}\\.\\d\\d\\.\\d{3})"
              + "|(?<nir>[12] ?\\d\\d ?[01]\\d ?\\d[\\dAB] ?\\d{3} ?\\d{3} ?\\d\\d)"
              + "|(?<idnr>[1-9]\\d ?\\d{3} ?\\d{3} ?\\d{3})"
              + "|(?<dni>[XYZ]?-?\\d{7,8}-?[A-HJ-NP-TV-Z])");

  private static final String DNI = "TRWAGMYFPDXBNJZSQVHLCKE";
  private static final int WINDOW = 32;

  @Override
  public int end(String text, int at) {
    Matcher shape = SHAPE.matcher(text).region(at, Math.min(text.length(), at + WINDOW));
    boolean found =
        shape.lookingAt()
            && Runs.endsAt(text, shape.end())
            && (shape.group("ssn") != null
                || shape.group("nino") != null
                || (shape.group("cpf") != null && isCpf(digits(shape)))
                || (shape.group("bsn") != null && isBsn(digits(shape)))
                || (shape.group("nir") != null && isNir(shape.group()))
                || (shape.group("idnr") != null && isTaxId(digits(shape)))
                || (shape.group("dni") != null && isDni(shape.group())));
    return found ? shape.end() : at;
  }

  private static String digits(Matcher shape) {
    return shape.group().replaceAll("\\D", "");
  }

  private static boolean isCpf(String digits) {
    return digits.chars().distinct().count() > 1
        && checkCpf(digits, 9) == digits.charAt(9) - '0'
        && checkCpf(digits, 10) == digits.charAt(10) - '0';
  }

  private static int checkCpf(String digits, int length) {
    int sum = 0;
    for (int i = 0; i < length; i++) {
      sum += (digits.charAt(i) - '0') * (length + 1 - i);
    }
    return sum * 10 % 11 % 10;
  }

  private static boolean isBsn(String digits) {
    int sum = 0;
    for (int i = 0; i < 8; i++) {
      sum += (digits.charAt(i) - '0') * (9 - i);
    }
    return (sum - (digits.charAt(8) - '0')) % 11 == 0;
  }

  private static boolean isNir(String written) {
    String nir = written.replace(" ", "").replace("2A", "19").replace("2B", "18");
    if (!nir.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return false;
    }
    return 97 - Long.parseLong(nir.substring(0, 13)) % 97 == Long.parseLong(nir.substring(13));
  }

  /** One digit stands twice or three times among the first ten; the last one is a check digit. */
  private static boolean isTaxId(String digits) {
    int[] counts = new int[10];
    int product = 10;
    for (int i = 0; i < 10; i++) {
      int digit = digits.charAt(i) - '0';
      counts[digit]++;
      int sum = (digit + product) % 10;
      product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    int repeated = 0;
    for (int count : counts) {
      repeated += count == 2 || count == 3 ? 1 : count > 3 ? 10 : 0;
    }
    return repeated == 1 && (11 - product) % 10 == digits.charAt(10) - '0';
  }

  private static boolean isDni(String written) {
    String plain = written.replace("-", "");
    int lead = "XYZ".indexOf(plain.charAt(0));
    String number =
        (lead < 0
            ? plain.substring(0, plain.length() - 1)
            : lead + plain.substring(1, plain.length() - 1));
    return number.length() == 8
        && DNI.charAt(Integer.parseInt(number) % 23) == plain.charAt(plain.length() - 1);
  }
}
