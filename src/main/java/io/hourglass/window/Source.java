package io.hourglass.window;

/**
 * Where observations come from: one partition of one topic, the topic by its id, so that a topic that
 * was deleted and created again is another source with offsets of its own.
 */
public record Source(String topicId, int partition) implements Comparable<Source> {

  @Override
  public int compareTo(Source other) {
    int byTopic = topicId.compareTo(other.topicId);
    return byTopic != 0 ? byTopic : Integer.compare(partition, other.partition);
  }

  @Override
  public String toString() {
    return topicId + "-" + partition;
  }
}
