package io.hourglass.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hourglass.window.Watermark;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkTest {

  @Test
  void whatWasCommittedIsReadBack() {
    for (Mark mark : new Mark[] {Mark.none("id"), new Mark("a\"b", 1, 2, 3, 4), new Mark("", Long.MAX_VALUE, Watermark.NONE, -1, 1)}) {
      assertEquals(Optional.of(mark), Mark.decode(mark.encode()));
    }
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "hello", "5", "null", "[]", "{}", "{\"topicId\":null}", "{\"owner\":\"another tool\"}",
      "{\"topicId\":\"id\",\"watermark\":\"soon\"}", "{\"topicId\":", "NULL"})
  void whatSomebodyElseCommittedIsNoMark(String metadata) {
    assertEquals(Optional.empty(), Mark.decode(metadata));
  }

  @Test
  void whatANewerVersionAddsIsPassedOver() {
    String newer = "{\"topicId\":\"id\",\"watermark\":1,\"effective\":2,\"swept\":3,\"since\":4}";
    assertEquals(Optional.of(new Mark("id", 1, 2, 3, 0)), Mark.decode(newer));
  }

  @Test
  void aMarkFitsIntoWhatKafkaTakesAsMetadata() {
    assertTrue(new Mark("4n-5x_Q0TtqZ0lVzXv1Yqg", Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, Integer.MAX_VALUE).encode().length() < 4_096);
  }
}
