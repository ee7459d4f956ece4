package io.hourglass.http;

import io.hourglass.query.Letters.Letter;
import io.hourglass.settings.Pipeline;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A record that was put aside, as it goes out: bytes as text when they are UTF-8, else in base64, and which of both it is. */
final class LetterJson {
  private static final int MOST_CONTINUATION_BYTES = 3;

  private LetterJson() {}

  static Map<String, Object> deadLetter(Pipeline pipeline, Letter letter) {
    return item(pipeline, letter);
  }

  /** With the closed window that it missed. */
  static Map<String, Object> late(Pipeline pipeline, Letter letter) {
    Map<String, Object> item = item(pipeline, letter);
    Long start = letter.windowStart();
    item.put("window", start == null ? null : Map.of("start", Json.time(start), "end", Instant.ofEpochMilli(pipeline.window().endOf(start))));
    return item;
  }

  private static Map<String, Object> item(Pipeline pipeline, Letter letter) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("pipeline", pipeline.name());
    item.put("topic", letter.topic());
    item.put("partition", letter.partition());
    item.put("offset", letter.offset());
    item.put("timestamp", Json.time(letter.timestamp()));
    item.put("reason", letter.reason());
    item.put("detail", letter.detail());
    item.put("putAsideAt", Json.time(letter.putAsideAt()));
    bytes("key", letter.key(), false, item);
    boolean truncated = letter.value() != null && letter.value().length < letter.size();
    bytes("value", letter.value(), truncated, item);
    item.put("size", letter.size());
    item.put("truncated", truncated);
    return item;
  }

  private static void bytes(String name, byte[] bytes, boolean truncated, Map<String, Object> item) {
    String text = bytes == null ? null : text(truncated ? wholeCharacters(bytes) : bytes);
    item.put(name, bytes == null || text != null ? text : Base64.getEncoder().encodeToString(bytes));
    item.put(name + "Encoding", bytes == null ? null : text == null ? "base64" : "utf-8");
  }

  /** Without the character in which it was cut. */
  private static byte[] wholeCharacters(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes.length - end < MOST_CONTINUATION_BYTES && (bytes[end - 1] & 0xC0) == 0x80) {
      end--;
    }
    boolean begun = end > 0 && (bytes[end - 1] & 0xC0) == 0xC0;
    return begun ? Arrays.copyOf(bytes, end - 1) : bytes;
  }

  /** Null when they are no UTF-8. */
  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException wrong) {
      return null;
    }
  }
}
