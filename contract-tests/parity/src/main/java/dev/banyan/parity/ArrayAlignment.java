package dev.banyan.parity;

import dev.banyan.rules.CompareProfile;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds which elements of two arrays belong together, so that one inserted element is one
 * difference. Ordered arrays by their longest common subsequence, unordered ones as multisets.
 */
final class ArrayAlignment {
  /** Cells of the table for one array: 500 × 500. Above it elements are paired by index. */
  private static final int CELLS_PER_ARRAY = 250_000;

  /** Cells left for the whole document, so that many arrays cannot do what one may not. */
  private int cellsLeft = 20_000_000;

  /**
   * Elements that nothing on the other side is the same as, next to each other.
   *
   * @param left indexes into the control's list
   * @param right indexes into the candidate's list
   */
  record Gap(List<Integer> left, List<Integer> right) {
    List<Json> control(List<Json> list) {
      return left.stream().map(list::get).toList();
    }

    List<Json> candidate(List<Json> list) {
      return right.stream().map(list::get).toList();
    }
  }

  List<Gap> gaps(JsonEquality.Classes classes, CompareProfile.Arrays arrays) {
    if (arrays == CompareProfile.Arrays.UNORDERED) {
      return List.of(unmatched(classes));
    }
    int n = classes.left().length;
    int m = classes.right().length;
    long cells = (long) n * m;
    if (cells == 0 || cells > Math.min(CELLS_PER_ARRAY, cellsLeft)) {
      return List.of(new Gap(range(0, n), range(0, m)));
    }
    cellsLeft -= (int) cells;
    return ordered(classes.left(), classes.right());
  }

  private static List<Gap> ordered(int[] left, int[] right) {
    int[][] common = new int[left.length + 1][right.length + 1];
    for (int i = left.length - 1; i >= 0; i--) {
      for (int j = right.length - 1; j >= 0; j--) {
        common[i][j] =
            left[i] == right[j]
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    List<Gap> gaps = new ArrayList<>();
    int i = 0;
    int j = 0;
    int gapI = 0;
    int gapJ = 0;
    while (i < left.length && j < right.length) {
      if (left[i] == right[j]) {
        addGap(gaps, gapI, i, gapJ, j);
        gapI = ++i;
        gapJ = ++j;
      } else if (common[i + 1][j] >= common[i][j + 1]) {
        i++;
      } else {
        j++;
      }
    }
    addGap(gaps, gapI, left.length, gapJ, right.length);
    return gaps;
  }

  private static void addGap(List<Gap> gaps, int fromI, int toI, int fromJ, int toJ) {
    if (fromI < toI || fromJ < toJ) {
      gaps.add(new Gap(range(fromI, toI), range(fromJ, toJ)));
    }
  }

  private static Gap unmatched(JsonEquality.Classes classes) {
    int[] onRight = new int[classes.count()[0]];
    for (int number : classes.right()) {
      onRight[number]++;
    }
    List<Integer> left = new ArrayList<>();
    int[] matched = new int[onRight.length];
    for (int i = 0; i < classes.left().length; i++) {
      int number = classes.left()[i];
      if (matched[number] < onRight[number]) {
        matched[number]++;
      } else {
        left.add(i);
      }
    }
    List<Integer> right = new ArrayList<>();
    for (int j = 0; j < classes.right().length; j++) {
      int number = classes.right()[j];
      if (matched[number] > 0) {
        matched[number]--;
      } else {
        right.add(j);
      }
    }
    return new Gap(left, right);
  }

  private static List<Integer> range(int from, int to) {
    List<Integer> range = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      range.add(i);
    }
    return range;
  }
}
