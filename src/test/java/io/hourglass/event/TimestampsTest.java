package io.hourglass.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

  @Property
  void agreesWithJavaTime(@ForAll @LongRange(min = Timestamps.EARLIEST, max = Timestamps.LATEST) long ms) {
    assertEquals(ms, Timestamps.parse(DateTimeFormatter.ISO_INSTANT.format(Instant.ofEpochMilli(ms))));
    long second = Math.floorDiv(ms, 1_000L) * 1_000;
    assertEquals(second, Timestamps.parse(Instant.ofEpochMilli(second).toString()));
    assertEquals(ms, Timestamps.parse(Instant.ofEpochMilli(ms).atZone(ZoneId.of("+05:30")).toOffsetDateTime().toString()));
  }

  @ParameterizedTest
  @CsvSource({
    "2017-12-22T10:49:41.123456Z, 2017-12-22T10:49:41.123Z", "2017-12-22T10:49:41.1Z, 2017-12-22T10:49:41.100Z",
    "2017-12-22T10:49:41+01:00, 2017-12-22T09:49:41Z", "2017-12-22T10:49:41+0100, 2017-12-22T09:49:41Z",
    "2017-12-22T10:49:41-08, 2017-12-22T18:49:41Z", "2017-12-22T10:49Z, 2017-12-22T10:49:00Z",
    "2017-12-22t10:49:41z, 2017-12-22T10:49:41Z", "2000-02-29T00:00:00Z, 2000-02-29T00:00:00Z",
  })
  void otherForms(String text, Instant instant) {
    assertEquals(instant.toEpochMilli(), Timestamps.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "", "x", "2017-12-22", "2017-12-22T10:49:41", "2017-13-22T10:49:41Z", "2017-00-22T10:49:41Z", "2017-02-30T10:49:41Z",
    "1900-02-29T10:49:41Z", "2017-12-22T25:49:41Z", "2017-12-22T10:60:41Z", "2017-12-22T10:49:60Z", "2017-12-22 10:49:41Z",
    "2017-12-22T10:49:4١Z", "-017-12-22T10:49:41Z", "1700000000000", "2017-12-22T10:49:41.-12Z"
  })
  void none(String text) {
    assertEquals(Timestamps.NONE, Timestamps.parse(text));
  }
}
