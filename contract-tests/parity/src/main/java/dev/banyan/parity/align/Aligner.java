package dev.banyan.parity.align;

import dev.banyan.parity.align.Alignment.Gap;
import dev.banyan.parity.align.Alignment.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Aligns ordered lists. Elements that are there once on either side, in the same order, are anchors
 * (n log n); between two anchors it is the longest common subsequence, while the table is small
 * enough for the cost to stay that of the input. One use for each document, one thread.
 */
public final class Aligner {
  /** Cells of the table for one stretch: 500 × 500. Above it elements are paired by index. */
  private static final long CELLS_PER_STRETCH = 250_000;

  /** Cells left for the whole document, so that many lists cannot do what one may not. */
  private long cellsLeft = 20_000_000;

  public Alignment ordered(Numbering numbers) {
    Run run = new Run(numbers);
    int i = 0;
    int j = 0;
    boolean same = Arrays.equals(numbers.left(), numbers.right());
    for (Pair anchor : same ? List.<Pair>of() : anchors(numbers)) {
      if (anchor.left() >= i && anchor.right() >= j) {
        stretch(run, i, anchor.left(), j, anchor.right());
        run.pair(anchor.left(), anchor.right());
        i = anchor.left() + 1;
        j = anchor.right() + 1;
      }
    }
    stretch(run, i, numbers.left().length, j, numbers.right().length);
    return run.end();
  }

  private void stretch(Run run, int fromI, int toI, int fromJ, int toJ) {
    int[] left = run.numbers.left();
    int[] right = run.numbers.right();
    int i = fromI;
    int j = fromJ;
    while (i < toI && j < toJ && left[i] == right[j]) {
      run.pair(i++, j++);
    }
    int tail = 0;
    while (toI - tail > i && toJ - tail > j && left[toI - tail - 1] == right[toJ - tail - 1]) {
      tail++;
    }
    long cells = (long) (toI - tail - i) * (toJ - tail - j);
    if (cells > 0 && cells <= Math.min(CELLS_PER_STRETCH, cellsLeft)) {
      cellsLeft -= cells;
      longestCommon(run, i, toI - tail, j, toJ - tail);
    }
    for (; tail > 0; tail--) {
      run.pair(toI - tail, toJ - tail);
    }
  }

  private static void longestCommon(Run run, int fromI, int toI, int fromJ, int toJ) {
    int[] left = run.numbers.left();
    int[] right = run.numbers.right();
    int[][] common = new int[toI - fromI + 1][toJ - fromJ + 1];
    for (int i = toI - 1; i >= fromI; i--) {
      Deadline.step();
      int[] row = common[i - fromI];
      int[] below = common[i - fromI + 1];
      for (int j = toJ - 1; j >= fromJ; j--) {
        int at = j - fromJ;
        row[at] = left[i] == right[j] ? below[at + 1] + 1 : Math.max(below[at], row[at + 1]);
      }
    }
    int i = fromI;
    int j = fromJ;
    while (i < toI && j < toJ) {
      if (left[i] == right[j]) {
        run.pair(i++, j++);
      } else if (common[i - fromI + 1][j - fromJ] >= common[i - fromI][j - fromJ + 1]) {
        i++;
      } else {
        j++;
      }
    }
  }

  /** The longest increasing run of elements that are unique on both sides (patience sorting). */
  private static List<Pair> anchors(Numbering numbers) {
    int[] onLeft = places(numbers.left(), numbers.count());
    int[] onRight = places(numbers.right(), numbers.count());
    int n = numbers.left().length;
    int[] tails = new int[n];
    int[] before = new int[n];
    int length = 0;
    for (int i = 0; i < n; i++) {
      int number = numbers.left()[i];
      if (onLeft[number] < 0 || onRight[number] < 0) {
        continue;
      }
      int low = 0;
      int high = length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (onRight[numbers.left()[tails[middle]]] < onRight[number]) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      before[i] = low == 0 ? -1 : tails[low - 1];
      tails[low] = i;
      length = Math.max(length, low + 1);
    }
    Pair[] anchors = new Pair[length];
    int at = length == 0 ? -1 : tails[length - 1];
    for (int k = length - 1; k >= 0; k--) {
      anchors[k] = new Pair(at, onRight[numbers.left()[at]]);
      at = before[at];
    }
    return Arrays.asList(anchors);
  }

  /** Where each number stands; -1 where it stands nowhere, -2 where it is there twice. */
  private static int[] places(int[] list, int count) {
    int[] places = new int[count];
    Arrays.fill(places, -1);
    for (int i = 0; i < list.length; i++) {
      places[list[i]] = places[list[i]] == -1 ? i : -2;
    }
    return places;
  }

  /** Collects pairs, and the gaps between them. */
  private static final class Run {
    private final Numbering numbers;
    private final List<Pair> pairs = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private int nextI;
    private int nextJ;

    Run(Numbering numbers) {
      this.numbers = numbers;
    }

    void pair(int i, int j) {
      gap(i, j);
      pairs.add(new Pair(i, j));
      nextI = i + 1;
      nextJ = j + 1;
    }

    Alignment end() {
      gap(numbers.left().length, numbers.right().length);
      return new Alignment(pairs, gaps);
    }

    private void gap(int toI, int toJ) {
      if (nextI < toI || nextJ < toJ) {
        gaps.add(new Gap(range(nextI, toI), range(nextJ, toJ)));
      }
    }

    private static List<Integer> range(int from, int to) {
      List<Integer> range = new ArrayList<>(to - from);
      for (int i = from; i < to; i++) {
        range.add(i);
      }
      return range;
    }
  }
}
