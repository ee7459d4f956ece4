package io.hourglass.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadPointTest {

  @Test
  void whatKafkaAcknowledgedIsAPoint() {
    ReadPoint point = ReadPoint.parse("a_B-c-0:17,a_B-c-12:0");
    assertEquals(2, point.sources().size());
    assertEquals("a_B-c-12", point.sources().get(1).source());
    assertEquals(12, point.sources().get(1).partition());
    assertEquals(OptionalLong.of(17), point.sources().get(0).of("any key"));
    assertEquals("a_B-c-0:17,a_B-c-12:0", point.toString());
  }

  @Test
  void aKeyWaitsForItsOwnEventsAlone() {
    ReadPoint.Writing writing = new ReadPoint.Writing("T");
    writing.wrote("a", 0, 15);
    writing.wrote("b", 0, 17);
    writing.wrote("a", 0, 12);
    writing.wrote("c", 3, 5);
    String text = writing.point().toString();
    assertTrue(text.matches("T-0:17~\\w+\\.\\d~\\w+\\.\\d,T-3:5~\\w+\\.0"), text);
    ReadPoint read = ReadPoint.parse(text);
    assertEquals(writing.point(), read);
    assertEquals(OptionalLong.of(15), read.sources().get(0).of("a"));
    assertEquals(OptionalLong.of(17), read.sources().get(0).of("b"));
    assertEquals(OptionalLong.empty(), read.sources().get(0).of("c"));
    assertEquals(OptionalLong.of(5), read.sources().get(1).of("c"));
  }

  @Test
  void aPointOfManyKeysNamesNoneOfThem() {
    ReadPoint.Writing writing = new ReadPoint.Writing("T");
    for (int key = 0; key < 10_000; key++) {
      writing.wrote("key " + key, key % 4, key);
    }
    assertEquals("T-0:9996,T-1:9997,T-2:9998,T-3:9999", writing.point().toString());
    assertEquals(OptionalLong.of(9_999), writing.point().sources().get(3).of("key 3"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "T-0", "T-0:", "T:1", "T-0:-1", "T-0:1,", "T-0:1~", "T-0:1~a", "T-0:1~a.", "T-0:1~A.1", "-0:1", "T-0:1234567890123456789", "T-0:1 "})
  void whatIsNoPointIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> ReadPoint.parse(text));
  }
}
