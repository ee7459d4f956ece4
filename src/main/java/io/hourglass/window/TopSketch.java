package io.hourglass.window;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which texts came most often. Exact as long as there are no more than {@link #MOST} different ones. With more, the counters of
 * Space-Saving (Metwally, Agrawal, El Abbadi, "Efficient computation of frequent and top-k elements in data streams", ICDT 2005),
 * forgotten many at a time and joined as in Agarwal et al., "Mergeable summaries" (PODS 2012).
 *
 * <p>A counter has what was counted since its text is kept, and an error: the most that may have been forgotten of it before. When
 * there are too many, the {@link #KEPT} with the greatest sum of both stay, and no text that is forgotten came more often than the
 * greatest sum among the others, the floor, which is the error of texts that come anew. The floor is at most a 129th of all texts,
 * however the stream was cut into parts: the sums of the first 128 counters and the floor never exceed the number of texts.
 */
public final class TopSketch {
  static final int MOST = 256;
  static final int KEPT = 128;
  private static final int TOLD = 10;
  private static final Comparator<Frequent> COUNT_FIRST = Comparator.comparingLong(Frequent::count).reversed();
  private static final Comparator<Frequent> TOP_FIRST = COUNT_FIRST.thenComparing(Frequent::value);
  private static final Comparator<Frequent> KEPT_FIRST = Comparator.comparingLong(Frequent::most).reversed().thenComparing(TOP_FIRST);

  private final Map<String, Frequent> counters = new HashMap<>();
  private long floor;
  private int chars;

  public void add(String text) {
    Frequent counter = counters.get(text);
    put(counter == null ? new Frequent(text, 1, floor) : new Frequent(text, counter.count() + 1, counter.error()));
    shrink();
  }

  public void merge(TopSketch other) {
    if (other.floor > 0) {
      counters.replaceAll((text, mine) -> other.counters.containsKey(text) ? mine : new Frequent(text, mine.count(), mine.error() + other.floor));
    }
    other.counters.values().forEach(each -> add(each, floor));
    floor += other.floor;
    shrink();
  }

  /** @param missing what may have been forgotten of a text that has no counter here */
  private void add(Frequent more, long missing) {
    Frequent mine = counters.getOrDefault(more.value(), new Frequent(more.value(), 0, missing));
    put(new Frequent(more.value(), mine.count() + more.count(), mine.error() + more.error()));
  }

  /** So many texts came of which nothing is known. */
  void unknown(long texts) {
    counters.replaceAll((text, mine) -> new Frequent(text, mine.count(), mine.error() + texts));
    floor += texts;
  }

  private void put(Frequent counter) {
    if (counters.put(counter.value(), counter) == null) {
      chars += counter.value().length();
    }
  }

  private void shrink() {
    if (counters.size() <= MOST) {
      return;
    }
    List<Frequent> sorted = counters.values().stream().sorted(KEPT_FIRST).toList();
    floor = Math.max(floor, sorted.get(KEPT).most());
    counters.clear();
    chars = 0;
    sorted.subList(0, KEPT).forEach(this::put);
  }

  public TopSketch copy() {
    TopSketch copy = new TopSketch();
    copy.merge(this);
    return copy;
  }

  /** The ten most frequent, those that came equally often by their text. */
  public List<Frequent> top() {
    return counters.values().stream().sorted(TOP_FIRST).limit(TOLD).toList();
  }

  boolean isEmpty() {
    return counters.isEmpty();
  }

  /** Rough size in memory, in bytes. */
  int weight() {
    return 100 + 130 * counters.size() + 2 * chars;
  }

  /** The floor, then each text as (count, error, length, UTF-8); numbers of variable length. */
  public byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(20 + 25 * counters.size() + 3 * chars);
    Varint.write(out, floor);
    Varint.write(out, counters.size());
    for (Frequent each : counters.values()) {
      byte[] text = each.value().getBytes(StandardCharsets.UTF_8);
      Varint.write(out, each.count());
      Varint.write(out, each.error());
      Varint.write(out, text.length);
      out.put(text);
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  public static TopSketch decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    TopSketch sketch = new TopSketch();
    sketch.floor = Varint.read(in);
    for (long left = Varint.read(in); left > 0; left--) {
      long count = Varint.read(in);
      long error = Varint.read(in);
      byte[] text = new byte[(int) Varint.read(in)];
      in.get(text);
      sketch.add(new Frequent(new String(text, StandardCharsets.UTF_8), count, error), 0);
    }
    return sketch;
  }
}
