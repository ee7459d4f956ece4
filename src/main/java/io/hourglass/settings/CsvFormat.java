package io.hourglass.settings;

import java.util.List;

/**
 * How a record of comma-separated values is read: one line.
 *
 * @param columns names of the fields, in order
 * @param separator one character
 * @param header whether records that hold the columns' names may come, and are left out
 */
public record CsvFormat(List<String> columns, char separator, boolean header) {

  public CsvFormat {
    columns = List.copyOf(columns);
  }
}
