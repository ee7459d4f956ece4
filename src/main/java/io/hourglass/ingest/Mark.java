package io.hourglass.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hourglass.window.Watermark;
import java.util.Optional;

/**
 * What is committed beside an offset, so that a replay decides as the first run did.
 *
 * @param topicId the topic's id; offsets of another id mean nothing
 * @param watermark the partition's watermark before the record at the offset
 * @param effective the pipeline's watermark as this partition knew it when it committed
 * @param swept every window that ends at or before this time has been closed for this partition's keys
 * @param stride of the topic's {@link Feeds} as known then; 0 when an older version committed
 */
public record Mark(String topicId, long watermark, long effective, long swept, int stride) {
  private static final ObjectMapper JSON = JsonMapper.builder()
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES) // what a newer version adds
      .build();

  public static Mark none(String topicId) {
    return new Mark(topicId, Watermark.NONE, Watermark.NONE, Watermark.NONE, 0);
  }

  public String encode() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The mark in {@code metadata}, or empty when somebody else committed. */
  public static Optional<Mark> decode(String metadata) {
    try {
      return Optional.ofNullable(JSON.readValue(metadata, Mark.class)).filter(mark -> mark.topicId() != null);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
