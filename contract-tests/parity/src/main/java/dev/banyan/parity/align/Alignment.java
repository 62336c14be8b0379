package dev.banyan.parity.align;

import java.util.ArrayList;
import java.util.List;

/**
 * What belongs together in two lists, so that one inserted element is one difference.
 *
 * @param pairs elements that belong together, in order
 * @param gaps what stands between the pairs, in order
 */
public record Alignment(List<Pair> pairs, List<Gap> gaps) {

  /**
   * Two elements of one number.
   *
   * @param left index into the control's list
   * @param right index into the candidate's list
   */
  public record Pair(int left, int right) {}

  /**
   * Elements that nothing on the other side belongs to, next to each other.
   *
   * @param left indexes into the control's list
   * @param right indexes into the candidate's list
   */
  public record Gap(List<Integer> left, List<Integer> right) {
    public <T> List<T> control(List<T> list) {
      return left.stream().map(list::get).toList();
    }

    public <T> List<T> candidate(List<T> list) {
      return right.stream().map(list::get).toList();
    }
  }

  /** As multisets: order says nothing. */
  public static Alignment unordered(Numbering numbers) {
    List<List<Integer>> waiting = new ArrayList<>(numbers.count());
    for (int number = 0; number < numbers.count(); number++) {
      waiting.add(new ArrayList<>(0));
    }
    for (int i = numbers.left().length - 1; i >= 0; i--) {
      waiting.get(numbers.left()[i]).add(i);
    }
    List<Pair> pairs = new ArrayList<>();
    List<Integer> right = new ArrayList<>();
    for (int j = 0; j < numbers.right().length; j++) {
      List<Integer> alike = waiting.get(numbers.right()[j]);
      if (alike.isEmpty()) {
        right.add(j);
      } else {
        pairs.add(new Pair(alike.removeLast(), j));
      }
    }
    List<Integer> left = waiting.stream().flatMap(List::stream).sorted().toList();
    return new Alignment(pairs, List.of(new Gap(left, right)));
  }
}
