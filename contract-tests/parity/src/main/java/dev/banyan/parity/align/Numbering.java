package dev.banyan.parity.align;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.ToLongFunction;

/**
 * Two lists as numbers: two elements have one number exactly where they are the same.
 *
 * @param left of the control's elements
 * @param right of the candidate's elements
 * @param count how many numbers there are; they begin at 0
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, lives for one array
public record Numbering(int[] left, int[] right, int count) {

  /** Numbers elements by a hash that the same ones share, and by what makes them the same. */
  public static <T> Numbering of(
      List<T> left, List<T> right, ToLongFunction<T> hash, BiPredicate<T, T> same) {
    Map<Long, List<Known<T>>> known = HashMap.newHashMap(left.size() + right.size());
    int[] count = {0};
    return new Numbering(
        number(left, known, count, hash, same), number(right, known, count, hash, same), count[0]);
  }

  /** Whether both lists hold the same elements, in whatever order. */
  public boolean sameMultiset() {
    if (left.length != right.length) {
      return false;
    }
    int[] balance = new int[count];
    for (int i = 0; i < left.length; i++) {
      balance[left[i]]++;
      balance[right[i]]--;
    }
    for (int rest : balance) {
      if (rest != 0) {
        return false;
      }
    }
    return true;
  }

  private record Known<T>(T element, int number) {}

  private static <T> int[] number(
      List<T> elements,
      Map<Long, List<Known<T>>> known,
      int[] count,
      ToLongFunction<T> hash,
      BiPredicate<T, T> same) {
    int[] numbers = new int[elements.size()];
    for (int i = 0; i < numbers.length; i++) {
      Deadline.step();
      T element = elements.get(i);
      List<Known<T>> alike =
          known.computeIfAbsent(hash.applyAsLong(element), key -> new ArrayList<>(1));
      int number = -1;
      for (Known<T> one : alike) {
        Deadline.step();
        if (same.test(one.element(), element)) {
          number = one.number();
          break;
        }
      }
      if (number < 0) {
        number = count[0]++;
        alike.add(new Known<>(element, number));
      }
      numbers[i] = number;
    }
    return numbers;
  }
}
