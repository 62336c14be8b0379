package dev.banyan.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.List;

/** Two texts beside each other; lines that differ carry a mark between the columns. */
public final class SideBySide {
  /** Beyond this many lines a column is cut: the alignment is quadratic, and nobody reads more. */
  private static final int MOST_LINES = 400;

  private final int cell;
  private final List<String> lines = new ArrayList<>();

  private SideBySide(int width) {
    this.cell = Math.max(20, (width - 3) / 2);
  }

  /** The lines of the picture, none wider than {@code width} columns. */
  public static List<String> of(String left, String right, int width) {
    var picture = new SideBySide(width);
    picture.pair("control", "candidate", ' ');
    picture.lines.add("-".repeat(picture.cell * 2 + 3));
    picture.align(split(left), split(right));
    return List.copyOf(picture.lines);
  }

  private static List<String> split(String text) {
    var lines = pretty(text).lines().map(Screen::safe).toList();
    if (lines.size() <= MOST_LINES) {
      return lines;
    }
    var cut = new ArrayList<>(lines.subList(0, MOST_LINES));
    cut.add("(" + (lines.size() - MOST_LINES) + " more lines)");
    return cut;
  }

  private static String pretty(String text) {
    if (!text.stripLeading().startsWith("{") && !text.stripLeading().startsWith("[")) {
      return text;
    }
    try {
      var tree = AdminClient.EXACT.readTree(text);
      return AdminClient.EXACT.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      return text;
    }
  }

  private void align(List<String> left, List<String> right) {
    var common = commonLengths(left, right);
    int l = 0;
    int r = 0;
    var onlyLeft = new ArrayList<String>();
    var onlyRight = new ArrayList<String>();
    while (l < left.size() || r < right.size()) {
      if (l < left.size() && r < right.size() && left.get(l).equals(right.get(r))) {
        changed(onlyLeft, onlyRight);
        pair(left.get(l++), right.get(r++), ' ');
      } else if (r == right.size() || (l < left.size() && common[l + 1][r] >= common[l][r + 1])) {
        onlyLeft.add(left.get(l++));
      } else {
        onlyRight.add(right.get(r++));
      }
    }
    changed(onlyLeft, onlyRight);
  }

  /** The length of the longest common run of lines from each pair of positions to the ends. */
  private static int[][] commonLengths(List<String> left, List<String> right) {
    var common = new int[left.size() + 1][right.size() + 1];
    for (int l = left.size() - 1; l >= 0; l--) {
      for (int r = right.size() - 1; r >= 0; r--) {
        common[l][r] =
            left.get(l).equals(right.get(r))
                ? common[l + 1][r + 1] + 1
                : Math.max(common[l + 1][r], common[l][r + 1]);
      }
    }
    return common;
  }

  private void changed(List<String> left, List<String> right) {
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      var mark = i >= right.size() ? '<' : i >= left.size() ? '>' : '!';
      pair(i < left.size() ? left.get(i) : "", i < right.size() ? right.get(i) : "", mark);
    }
    left.clear();
    right.clear();
  }

  private void pair(String left, String right, char mark) {
    int l = 0;
    int r = 0;
    do {
      int leftEnd = Columns.end(left, l, cell);
      int rightEnd = Columns.end(right, r, cell);
      var line = Columns.padded(left.substring(l, leftEnd), cell);
      lines.add((line + " " + mark + " " + right.substring(r, rightEnd)).stripTrailing());
      l = leftEnd;
      r = rightEnd;
    } while (l < left.length() || r < right.length());
  }
}
