package io.hourglass.event;

import io.hourglass.event.Values.Kind;
import io.hourglass.settings.CsvFormat;
import io.hourglass.settings.Pipeline;
import io.hourglass.window.MeasureSpec;
import io.hourglass.window.Observation;
import io.hourglass.window.Watermark;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From the records of a pipeline's topic to events and dead letters. For any number of threads. */
public final class EventDecoder {
  /** The longest key, in bytes of UTF-8. */
  public static final int MAX_KEY_BYTES = 8 * 1024;

  private static final int OF_RECORD = Field.NO_SLOT;

  private final Fields fields;
  /** Null when events are taken as they come. */
  private final Shape shape;
  private final List<MeasureSpec> measures;
  private final int[] measureSlots;
  private final boolean[] numeric;
  private final boolean[] textual;
  private final boolean anyTextual;
  private final int keySlot;
  private final int timestampSlot;
  private final long maxAheadMs;

  public EventDecoder(Pipeline pipeline) {
    this(pipeline.key(), pipeline.timestamp(), pipeline.keys().measures(), pipeline.maxAhead(), pipeline.derive(), pipeline.where(), pipeline.csv());
  }

  /**
   * @param key field that names the key; empty: the record key
   * @param timestamp field that holds the event time; empty: the record timestamp
   * @param maxAhead how far an event may lie ahead of the wall clock
   */
  public EventDecoder(Optional<String> key, Optional<String> timestamp, List<MeasureSpec> measures, Duration maxAhead) {
    this(key, timestamp, measures, maxAhead, Map.of(), Optional.empty(), Optional.empty());
  }

  /**
   * The same with new fields, and events left out.
   *
   * @param derive CEL over the event's fields, by the new field's name; a measure, the key or the timestamp may be one
   * @param where CEL over the event's fields and the new ones; empty: all events are counted
   * @param csv how records are read; empty: as JSON
   */
  public EventDecoder(Optional<String> key, Optional<String> timestamp, List<MeasureSpec> measures, Duration maxAhead, Map<String, String> derive,
      Optional<String> where, Optional<CsvFormat> csv) {
    Field.Tree wanted = new Field.Tree();
    shape = derive.isEmpty() && where.isEmpty() ? null : new Shape(derive, where, wanted);
    keySlot = key.map(path -> wanted.want(path, false, true)).orElse(OF_RECORD);
    timestampSlot = timestamp.map(wanted::wantTime).orElse(OF_RECORD);
    this.measures = List.copyOf(measures);
    measureSlots = new int[measures.size()];
    numeric = new boolean[measures.size()];
    textual = new boolean[measures.size()];
    for (int i = 0; i < measureSlots.length; i++) {
      numeric[i] = measures.get(i).ofNumbers();
      textual[i] = measures.get(i).ofTexts();
      measureSlots[i] = wanted.want(measures.get(i).field(), numeric[i], textual[i]);
    }
    anyTextual = measures.stream().anyMatch(MeasureSpec::ofTexts);
    fields = csv.isPresent() ? new CsvFields(csv.get(), wanted) : new JsonFields(wanted);
    maxAheadMs = maxAhead.toMillis();
  }

  /**
   * Decodes a record.
   *
   * @param recordKey may be null
   * @param value may be null
   * @param recordTimestamp epoch milliseconds; negative when the record has none
   * @param offset where the record stands
   * @param nowMs the wall clock, epoch milliseconds
   */
  public Decoded decode(byte[] recordKey, byte[] value, long recordTimestamp, long offset, long nowMs) {
    try {
      return event(recordKey, value, recordTimestamp, offset, nowMs);
    } catch (Refused refused) {
      return new Decoded.DeadLetter(offset, refused.reason().label(), refused.getMessage());
    }
  }

  private Decoded event(byte[] recordKey, byte[] value, long recordTimestamp, long offset, long nowMs) throws Refused {
    if (isBlank(value)) {
      throw new Refused(Reason.EMPTY, "the record has no value");
    }
    Values values = fields.read(value);
    if (values == null || shape != null && !shape.apply(values)) {
      return new Decoded.LeftOut(offset);
    }
    String key = keySlot == OF_RECORD ? Keys.ofRecord(recordKey) : key(values);
    long timestamp = timestampSlot == OF_RECORD ? ofRecord(recordTimestamp) : timestamp(values);
    double[] numbers = numbers(values);
    String[] texts = texts(values);
    checkAhead(timestamp, nowMs);
    return new Decoded.Event(key, new Observation(offset, timestamp, Watermark.NONE, numbers, texts));
  }

  private static boolean isBlank(byte[] value) {
    if (value != null) {
      for (byte each : value) {
        if (each != ' ' && each != '\n' && each != '\r' && each != '\t') {
          return false;
        }
      }
    }
    return true;
  }

  private String key(Values values) throws Refused {
    switch (values.kind(keySlot)) {
      case ABSENT -> throw new Refused(Reason.NO_KEY, "the key's field is missing or null");
      case STRUCTURE, NO_NUMBER -> throw new Refused(
          Reason.WRONG_TYPE, "the key's field holds " + values.describe(keySlot) + " (expected: text)");
      default -> { }
    }
    if (values.text(keySlot).isEmpty()) {
      throw new Refused(Reason.NO_KEY, "the key's field is empty");
    }
    return Keys.checked(values.text(keySlot));
  }

  private static long ofRecord(long timestamp) throws Refused {
    if (timestamp < 0) {
      throw new Refused(Reason.NO_TIMESTAMP, "the record has no timestamp");
    }
    return plausible(timestamp, timestamp);
  }

  private long timestamp(Values values) throws Refused {
    Kind kind = values.kind(timestampSlot);
    if (kind == Kind.ABSENT) {
      throw new Refused(Reason.NO_TIMESTAMP, "the timestamp's field is missing or null");
    }
    if (kind == Kind.NUMBER) {
      return plausible((long) Math.floor(values.number(timestampSlot)), values.number(timestampSlot));
    }
    String text = kind == Kind.TEXT ? values.text(timestampSlot) : values.describe(timestampSlot);
    return plausible(kind == Kind.TEXT ? Timestamps.parse(text) : Timestamps.NONE, text);
  }

  private static long plausible(long timestamp, Object found) throws Refused {
    if (!Timestamps.plausible(timestamp)) {
      String text = String.valueOf(found);
      throw new Refused(Reason.BAD_TIMESTAMP, (text.length() <= 64 ? text : text.substring(0, 64) + "…")
          + " (expected: epoch milliseconds or ISO-8601 with an offset, years 1 to 9999)");
    }
    return timestamp;
  }

  private void checkAhead(long timestamp, long nowMs) throws Refused {
    if (timestamp > nowMs + maxAheadMs) {
      throw new Refused(Reason.TOO_FAR_AHEAD,
          timestamp - nowMs + " ms ahead of the clock (expected: at most " + maxAheadMs + " ms)");
    }
  }

  private double[] numbers(Values values) throws Refused {
    double[] numbers = new double[measureSlots.length];
    for (int i = 0; i < numbers.length; i++) {
      checkType(i, values);
      boolean there = numeric[i] && !values.absent(measureSlots[i]);
      numbers[i] = there ? values.number(measureSlots[i]) : Double.NaN;
    }
    return numbers;
  }

  private String[] texts(Values values) {
    String[] texts = anyTextual ? new String[measureSlots.length] : null;
    for (int i = 0; anyTextual && i < texts.length; i++) {
      boolean there = textual[i] && !values.absent(measureSlots[i]);
      texts[i] = there ? LongText.shortened(values.text(measureSlots[i])) : null;
    }
    return texts;
  }

  /** Numbers for numeric aggregates; for texts anything but objects, arrays and what is not finite. */
  private void checkType(int measure, Values values) throws Refused {
    Kind kind = values.kind(measureSlots[measure]);
    boolean usable = kind == Kind.ABSENT || kind == Kind.NUMBER
        || (!numeric[measure] && (kind == Kind.TEXT || kind == Kind.BOOLEAN));
    if (!usable) {
      throw new Refused(Reason.WRONG_TYPE, measures.get(measure).field() + " holds "
          + values.describe(measureSlots[measure]) + " (expected: " + (numeric[measure] ? "a number" : "text") + ")");
    }
  }
}
