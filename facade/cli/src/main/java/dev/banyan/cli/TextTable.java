package dev.banyan.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows in columns: as wide as their widest cell, numbers to the right. */
public final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  public TextTable(String... heads) {
    rows.add(List.of(heads));
  }

  public void row(String... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException(
          "cells: " + cells.length + " (expected: " + rows.getFirst().size() + ")");
    }
    rows.add(List.of(cells).stream().map(Screen::safe).toList());
  }

  public List<String> lines() {
    var columns = rows.getFirst().size();
    var widths = new int[columns];
    for (var row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], Columns.of(row.get(i)));
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      var cell = row.get(i);
      var pad = " ".repeat(widths[i] - Columns.of(cell));
      line.append(cell.matches("[0-9.]+( ms)?|-") ? pad + cell : cell + pad).append("  ");
    }
    return line.toString().stripTrailing();
  }
}
