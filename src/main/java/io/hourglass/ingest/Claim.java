package io.hourglass.ingest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * What a member of a consumer group says of itself: its version, and the partitions that it was given in a generation
 * of the group. On the wire lines of text: version, generation, one partition a line ({@code clicks-3}).
 *
 * @param generation −1: it was never given any
 */
record Claim(String version, int generation, List<TopicPartition> partitions) {
  static final Claim NONE = new Claim("0", -1, List.of());
  private static final int HEAD = 2;

  ByteBuffer encode() {
    String lines = Stream.concat(Stream.of(version, Integer.toString(generation)), partitions.stream().map(TopicPartition::toString))
        .collect(Collectors.joining("\n"));
    return ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
  }

  /** What cannot be read claims nothing. */
  static Claim decode(ByteBuffer bytes) {
    if (bytes == null) {
      return NONE;
    }
    String[] lines = StandardCharsets.UTF_8.decode(bytes.duplicate()).toString().split("\n");
    try {
      return new Claim(lines[0], Integer.parseInt(lines[1]), Stream.of(lines).skip(HEAD).map(Claim::partition).toList());
    } catch (NumberFormatException | IndexOutOfBoundsException unreadable) {
      return NONE;
    }
  }

  private static TopicPartition partition(String line) {
    int dash = line.lastIndexOf('-');
    return new TopicPartition(line.substring(0, dash), Integer.parseInt(line.substring(dash + 1)));
  }

  /** The numbers of the claimed partitions of a topic. */
  List<Integer> of(String topic) {
    return partitions.stream().filter(each -> each.topic().equals(topic)).map(TopicPartition::partition).toList();
  }
}
