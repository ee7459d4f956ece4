package io.hourglass.query;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * How far events that were written reach, by source: {@code <source>:<offset>[,<source>:<offset>…]}, the source as a key's
 * {@code seen} names it. Anybody can write one from what Kafka has acknowledged.
 *
 * <p>A key never sees the offsets of other keys, so each source may say whose events it means:
 * {@code <source>:<offset>~<hash>.<back>~…}, the hash of a key and by how much its newest event lies before the offset.
 * Keys that are not among them have nothing to wait for.
 */
public record ReadPoint(List<Reach> sources) {
  /** Longer ones name no keys: they must fit into a request line. */
  private static final int MOST_CHARACTERS = 4_000;
  private static final int RADIX = 36;
  private static final Pattern REACH = Pattern.compile("([\\w-]{1,64})-(\\d{1,9}):(\\d{1,18})((?:~[0-9a-z]{1,7}\\.\\d{1,18})*)");

  public ReadPoint {
    sources = List.copyOf(sources);
  }

  /**
   * @param source {@code <topic id>-<partition>}
   * @param keys offset of a key's newest event, by the hash of the key; empty: any key may be meant
   */
  public record Reach(String source, int partition, long offset, Map<String, Long> keys) {

    /** The offset that a key is to have seen; empty when none. */
    public OptionalLong of(String key) {
      Long own = keys.get(hash(key));
      return keys.isEmpty() ? OptionalLong.of(offset) : own == null ? OptionalLong.empty() : OptionalLong.of(own);
    }

    private Reach withoutKeys() {
      return new Reach(source, partition, offset, Map.of());
    }

    @Override
    public String toString() {
      return source + ":" + offset + keys.entrySet().stream()
          .map(key -> "~" + key.getKey() + "." + (offset - key.getValue())).collect(Collectors.joining());
    }
  }

  /** Gathers what was written. */
  public static final class Writing {
    private final String topicId;
    private final Map<Integer, Map<String, Long>> partitions = new TreeMap<>();

    public Writing(String topicId) {
      this.topicId = topicId;
    }

    public void wrote(String key, int partition, long offset) {
      partitions.computeIfAbsent(partition, first -> new TreeMap<>()).merge(hash(key), offset, Math::max);
    }

    /** Names the keys, unless there are too many. */
    public ReadPoint point() {
      List<Reach> reaches = new ArrayList<>();
      partitions.forEach((partition, keys) -> reaches.add(
          new Reach(topicId + "-" + partition, partition, keys.values().stream().mapToLong(Long::longValue).max().orElseThrow(), keys)));
      ReadPoint named = new ReadPoint(reaches);
      return named.toString().length() <= MOST_CHARACTERS ? named : new ReadPoint(reaches.stream().map(Reach::withoutKeys).toList());
    }
  }

  /** @throws IllegalArgumentException when it is none */
  public static ReadPoint parse(String text) {
    List<Reach> reaches = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Matcher reach = REACH.matcher(part);
      if (!reach.matches()) {
        throw new IllegalArgumentException("no reach: " + part);
      }
      long offset = Long.parseLong(reach.group(3));
      reaches.add(new Reach(reach.group(1) + "-" + reach.group(2), Integer.parseInt(reach.group(2)), offset, keys(reach.group(4), offset)));
    }
    return new ReadPoint(reaches);
  }

  private static Map<String, Long> keys(String marks, long offset) {
    Map<String, Long> keys = new TreeMap<>();
    for (String mark : marks.isEmpty() ? new String[0] : marks.substring(1).split("~")) {
      String[] parts = mark.split("\\.");
      keys.merge(parts[0], offset - Long.parseLong(parts[1]), Math::max);
    }
    return keys;
  }

  /** Keys that share one wait for each other's events, which is late but not wrong. */
  private static String hash(String key) {
    CRC32 crc = new CRC32();
    crc.update(key.getBytes(StandardCharsets.UTF_8));
    return Long.toString(crc.getValue(), RADIX);
  }

  @Override
  public String toString() {
    return sources.stream().map(Reach::toString).collect(Collectors.joining(","));
  }
}
