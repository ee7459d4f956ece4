package io.hourglass.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.hourglass.event.Values.Kind;
import io.hourglass.settings.CsvFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Reads the wanted columns of one line of comma-separated values (RFC 4180), UTF-8. What reads as a number is one where a number is
 * wanted; what is empty is absent.
 */
final class CsvFields implements Fields {
  private static final Pattern NUMBER = Pattern.compile("\\s*+-?\\d[\\d.eE+-]*+\\s*+");

  private final CsvFormat format;
  private final Field.Tree wanted;
  private final Field[] columns;
  private final ObjectReader lines;

  CsvFields(CsvFormat format, Field.Tree wanted) {
    this.format = format;
    this.wanted = wanted;
    this.columns = format.columns().stream().map(wanted.root::child).toArray(Field[]::new);
    this.lines = new CsvMapper().enable(CsvParser.Feature.WRAP_AS_ARRAY).readerFor(String[].class)
        .with(CsvSchema.emptySchema().withColumnSeparator(format.separator()));
  }

  @Override
  public Values read(byte[] record) throws Refused {
    String[] cells = cells(record);
    if (format.header() && Arrays.asList(cells).equals(format.columns())) {
      return null;
    }
    if (cells.length != columns.length) {
      throw new Refused(Reason.NOT_CSV, "found " + cells.length + " columns (expected: " + columns.length + ")");
    }
    Values values = new Values(wanted.slots());
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] != null && columns[i].slot() != Field.NO_SLOT && !cells[i].isEmpty()) {
        set(columns[i], cells[i], values);
      }
    }
    return values;
  }

  private String[] cells(byte[] record) throws Refused {
    try (MappingIterator<String[]> read = lines.readValues(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(record)).toString())) {
      String[] cells = read.next();
      if (read.hasNext()) {
        throw new Refused(Reason.NOT_CSV, "found more than one line (expected: one)");
      }
      return cells;
    } catch (CharacterCodingException wrong) {
      throw new Refused(Reason.NOT_CSV, "not UTF-8");
    } catch (IOException | RuntimeException wrong) {
      throw new Refused(Reason.NOT_CSV, wrong instanceof JsonProcessingException json ? json.getOriginalMessage() : String.valueOf(wrong.getMessage()));
    }
  }

  private static void set(Field field, String cell, Values values) {
    double number = field.asNumber() ? number(cell) : Double.NaN;
    values.number(field.slot(), number);
    values.text(field.slot(), cell);
    values.set(field.slot(), Double.isNaN(number) ? Kind.TEXT : Double.isFinite(number) ? Kind.NUMBER : Kind.NO_NUMBER);
  }

  /** As JSON writes numbers; NaN when it is none. */
  private static double number(String cell) {
    try {
      return NUMBER.matcher(cell).matches() ? Double.parseDouble(cell) : Double.NaN;
    } catch (NumberFormatException none) {
      return Double.NaN;
    }
  }
}
