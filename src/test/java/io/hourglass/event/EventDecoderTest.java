package io.hourglass.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.hourglass.settings.CsvFormat;
import io.hourglass.window.Aggregate;
import io.hourglass.window.MeasureSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventDecoderTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final List<MeasureSpec> MEASURES = List.of(
      new MeasureSpec("bytes", "bytes", Set.of(Aggregate.SUM)),
      new MeasureSpec("site", "attrs.site", Set.of(Aggregate.DISTINCT)),
      new MeasureSpec("both", "both", Set.of(Aggregate.MAX, Aggregate.DISTINCT)));

  private final EventDecoder decoder =
      new EventDecoder(Optional.of("host"), Optional.of("ts"), MEASURES, Duration.ofHours(1));
  private final EventDecoder ofRecord =
      new EventDecoder(Optional.empty(), Optional.empty(), MEASURES, Duration.ofHours(1));

  @Test
  void wholeEvent() {
    Decoded.Event event = event("""
        {"x":[1,{"host":"no"}],"host":"h","ts":1699999999000,"bytes":12.5,"attrs":{"y":{},"site":"s"},"both":3}""");
    assertEquals("h", event.key());
    assertEquals(7, event.observation().offset());
    assertEquals(1_699_999_999_000L, event.observation().timestamp());
    assertEquals(12.5, event.observation().numbers()[0]);
    assertEquals(Double.NaN, event.observation().numbers()[1]);
    assertArrayEquals(new String[] {null, "s", "3"}, event.observation().texts());
    assertEquals(3, event.observation().numbers()[2]);
  }

  @Test
  void eventWithoutMeasures() {
    Decoded.Event event = event("{\"host\":\"h\",\"ts\":1,\"bytes\":null,\"attrs\":5}");
    assertArrayEquals(new double[] {Double.NaN, Double.NaN, Double.NaN}, event.observation().numbers());
    assertArrayEquals(new String[3], event.observation().texts());
  }

  private static Decoded shaped(Map<String, String> derive, String where, String json) {
    List<MeasureSpec> measures = List.of(new MeasureSpec("kib", "kib", Set.of(Aggregate.SUM)), new MeasureSpec("path", "where", Set.of(Aggregate.DISTINCT)));
    return new EventDecoder(Optional.of("who"), Optional.of("ts"), measures, Duration.ofHours(1), derive, Optional.ofNullable(where), Optional.empty())
        .decode(null, json.getBytes(UTF_8), 0, 7, NOW);
  }

  @Test
  void newFieldsAreMeasuresKeysAndConditions() {
    Map<String, String> derive = Map.of("kib", "bytes / 1024.0", "who", "attrs.host + '@' + attrs.site", "where", "path.startsWith('/a') ? 'a' : 'other'");
    String json = "{\"ts\":1,\"bytes\":2048,\"attrs\":{\"host\":\"h\",\"site\":\"s\"},\"path\":\"/ab\"}";
    Decoded.Event event = (Decoded.Event) shaped(derive, "kib > 1.0 && status != 404", json.replace("{\"ts\"", "{\"status\":200,\"ts\""));
    assertEquals("h@s", event.key());
    assertEquals(2.0, event.observation().numbers()[0]);
    assertEquals("a", event.observation().texts()[1]);
    assertEquals(new Decoded.LeftOut(7), shaped(derive, "kib > 2", json));
  }

  @ParameterizedTest
  @CsvSource({"status < 500, true", "status < 200, false", "missing < 500, false", "missing < 500 || status == 200, true", "up, true", "!up, false",
    "has_more, false", "name.matches('^[a-z]+$'), true", "status in [200.0; 204.0], true", "name == 'ann' ? true : status > 1000, true"})
  void whereChoosesEventsAndDoesNotHoldOverWhatIsMissing(String where, boolean counted) {
    Decoded decoded = shaped(Map.of(), where.replace(';', ','), "{\"who\":\"k\",\"ts\":1,\"status\":200,\"up\":true,\"name\":\"ann\"}");
    assertEquals(counted, decoded instanceof Decoded.Event, decoded.toString());
  }

  @Test
  void whatCannotBeEvaluatedIsADeadLetter() {
    Decoded.DeadLetter dead = (Decoded.DeadLetter) shaped(Map.of("kib", "bytes / 1024.0"), null, "{\"who\":\"k\",\"ts\":1,\"bytes\":\"many\"}");
    assertEquals("wrong-type", dead.reason());
    Decoded.Event none = (Decoded.Event) shaped(Map.of("kib", "bytes / 1024.0"), null, "{\"who\":\"k\",\"ts\":1}");
    assertEquals(Double.NaN, none.observation().numbers()[0]);
  }

  private static Decoded csv(String line, boolean header) {
    List<MeasureSpec> measures = List.of(new MeasureSpec("bytes", "bytes", Set.of(Aggregate.SUM)), new MeasureSpec("path", "path", Set.of(Aggregate.DISTINCT)));
    return new EventDecoder(Optional.of("host"), Optional.of("ts"), measures, Duration.ofHours(1), Map.of("big", "bytes > 100.0"), Optional.of("status < 500"),
        Optional.of(new CsvFormat(List.of("ts", "host", "path", "status", "bytes"), ';', header))).decode(null, line.getBytes(UTF_8), 0, 7, NOW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1699999999000;h;\"/a;\"\"b\"\"\";200;12.5", "2023-11-14T22:13:19Z;h;\"/a;\"\"b\"\"\";200;1.25e1\r\n"})
  void aLineOfCsv(String line) {
    Decoded.Event event = (Decoded.Event) csv(line, false);
    assertEquals("h", event.key());
    assertEquals(1_699_999_999_000L, event.observation().timestamp());
    assertEquals(12.5, event.observation().numbers()[0]);
    assertEquals("/a;\"b\"", event.observation().texts()[1]);
  }

  @Test
  void whatIsEmptyInCsvIsAbsentAndAHeaderIsNoEvent() {
    Decoded.Event event = (Decoded.Event) csv("1;17;;200;", false);
    assertEquals("17", event.key());
    assertEquals(Double.NaN, event.observation().numbers()[0]);
    assertNull(event.observation().texts()[1]);
    assertEquals(new Decoded.LeftOut(7), csv("1;h;/;503;1", false));
    assertEquals(new Decoded.LeftOut(7), csv("ts;host;path;status;bytes", true));
    assertEquals("bad-timestamp", ((Decoded.DeadLetter) csv("ts;host;path;200;1", true)).reason());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"1;h;/;200 | not-csv", "1;h;/;200;1;2 | not-csv", "'1;h;/;200;1\n1;h;/;200;1' | not-csv", "1;h;\"/;200;1 | not-csv",
    "1;h;/;200;many | wrong-type", ";h;/;200;1 | no-timestamp", "1;;/;200;1 | no-key", "x;h;/;200;1 | bad-timestamp"})
  void aLineThatCannotBeCounted(String line, String reason) {
    assertEquals(reason, ((Decoded.DeadLetter) csv(line.replace("\\n", "\n"), false)).reason());
  }

  @Test
  void textsAreNullWithoutDistinct() {
    EventDecoder numbers =
        new EventDecoder(Optional.of("host"), Optional.of("ts"), MEASURES.subList(0, 1), Duration.ofHours(1));
    Decoded.Event event = (Decoded.Event) numbers.decode(null, "{\"host\":\"h\",\"ts\":1}".getBytes(UTF_8), 0, 7, NOW);
    assertNull(event.observation().texts());
  }

  @Test
  void lastOfTwoFieldsWins() {
    Decoded.Event event = event("""
        {"host":"a","host":"b","ts":1,"bytes":"x","bytes":2,"attrs":{"site":"s"},"attrs":{}}""");
    assertEquals("b", event.key());
    assertEquals(2, event.observation().numbers()[0]);
    assertNull(event.observation().texts()[1]);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"12 | 12", "1.50 | 1.50", "true | true", "\"\\u00e9 x\" | é x"})
  void keysBecomeText(String json, String key) {
    assertEquals(key, event("{\"ts\":1,\"host\":" + json + "}").key());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "not json | not-json", "{\"host\":\"h\",\"ts\":1 | not-json", "{\"host\":\"h\",\"ts\":1}} | not-json",
    "{\"host\":\"h\",\"ts\":1}{} | not-json", "[1] | not-json", "5 | not-json", "null | not-json", "{a:1} | not-json",
    "{\"host\":\"h\",\"ts\":1,\"x\":\"\u0001\"} | not-json", "` ` | empty", "`` | empty",
    "{\"ts\":1} | no-key", "{\"ts\":1,\"host\":null} | no-key", "{\"ts\":1,\"host\":\"\"} | no-key",
    "{\"ts\":1,\"host\":{}} | wrong-type", "{\"ts\":1,\"host\":[\"h\"]} | wrong-type",
    "{\"ts\":1,\"host\":NaN} | wrong-type", "{\"ts\":1,\"host\":\"\\ud800\"} | wrong-type",
    "{\"host\":\"h\"} | no-timestamp", "{\"host\":\"h\",\"ts\":null} | no-timestamp",
    "{\"host\":\"h\",\"ts\":\"now\"} | bad-timestamp", "{\"host\":\"h\",\"ts\":\"\"} | bad-timestamp",
    "{\"host\":\"h\",\"ts\":true} | bad-timestamp", "{\"host\":\"h\",\"ts\":{}} | bad-timestamp",
    "{\"host\":\"h\",\"ts\":1e300} | bad-timestamp", "{\"host\":\"h\",\"ts\":1e999} | bad-timestamp",
    "{\"host\":\"h\",\"ts\":\"2023-11-14T22:13:20\"} | bad-timestamp",
    "{\"host\":\"h\",\"ts\":\"2023-02-29T00:00:00Z\"} | bad-timestamp",
    "{\"host\":\"h\",\"ts\":1700003600001} | too-far-ahead",
    "{\"host\":\"h\",\"ts\":1,\"bytes\":\"12.5\"} | wrong-type", "{\"host\":\"h\",\"ts\":1,\"bytes\":\"\"} | wrong-type",
    "{\"host\":\"h\",\"ts\":1,\"bytes\":NaN} | wrong-type", "{\"host\":\"h\",\"ts\":1,\"bytes\":-Infinity} | wrong-type",
    "{\"host\":\"h\",\"ts\":1,\"bytes\":1e999} | wrong-type", "{\"host\":\"h\",\"ts\":1,\"bytes\":true} | wrong-type",
    "{\"host\":\"h\",\"ts\":1,\"bytes\":{}} | wrong-type", "{\"host\":\"h\",\"ts\":1,\"bytes\":[1]} | wrong-type",
    "{\"host\":\"h\",\"ts\":1,\"both\":\"x\"} | wrong-type", "{\"host\":\"h\",\"ts\":1,\"attrs\":{\"site\":{}}} | wrong-type",
    "{\"host\":\"h\",\"ts\":1,\"attrs\":{\"site\":NaN}} | wrong-type",
  })
  void deadLetters(String json, String reason) {
    assertEquals(reason, reason(json));
  }

  @Test
  void missingValueIsEmpty() {
    assertEquals("empty", assertInstanceOf(Decoded.DeadLetter.class, decoder.decode(null, null, 0, 7, NOW)).reason());
  }

  @Test
  void invalidUtf8IsNotJson() {
    byte[] bytes = "{\"host\":\"h\",\"ts\":1,\"x\":\"??\"}".getBytes(UTF_8);
    bytes[bytes.length - 4] = (byte) 0xC3;
    assertEquals("not-json", ((Decoded.DeadLetter) decoder.decode(null, bytes, 0, 7, NOW)).reason());
  }

  @Test
  void tooLongNumberIsWrongType() {
    assertEquals("wrong-type", reason("{\"host\":\"h\",\"ts\":1,\"bytes\":" + "1".repeat(5_000) + "}"));
  }

  @Test
  void depthIsBounded() {
    int inner = JsonFields.MAX_DEPTH - 1;
    assertEquals("h", event(nested(inner)).key());
    assertEquals("not-json", reason(nested(inner + 1)));
    assertEquals("not-json", reason(nested(500_000)));
  }

  private static String nested(int depth) {
    return "{\"x\":" + "[".repeat(depth) + "]".repeat(depth) + ",\"host\":\"h\",\"ts\":1}";
  }

  @Test
  void megabyteEvents() {
    String text = "é".repeat(500_000);
    assertEquals("h", event("{\"x\":\"" + text + "\",\"host\":\"h\",\"ts\":1}").key());
    assertEquals(71, event("{\"attrs\":{\"site\":\"" + text + "\"},\"host\":\"h\",\"ts\":1}").observation().texts()[1].length(),
        "a long text goes on as its digest");
    assertNotEquals(event("{\"attrs\":{\"site\":\"" + text + "\"},\"host\":\"h\",\"ts\":1}").observation().texts()[1],
        event("{\"attrs\":{\"site\":\"" + text + "e\"},\"host\":\"h\",\"ts\":1}").observation().texts()[1]);
    assertEquals("key-too-long", reason("{\"host\":\"" + text + "\",\"ts\":1}"));
    assertEquals("h", event("{\"" + "n".repeat(900_000) + "\":1,\"host\":\"h\",\"ts\":1}").key());
    StringBuilder many = new StringBuilder("{");
    for (int i = 0; i < 100_000; i++) {
      many.append("\"field").append(i).append("\":").append(i).append(',');
    }
    assertEquals("h", event(many + "\"host\":\"h\",\"ts\":1}").key());
  }

  @Test
  void keyLengthIsInBytes() {
    assertEquals(4_096, event("{\"ts\":1,\"host\":\"" + "é".repeat(4_096) + "\"}").key().length());
    assertEquals("key-too-long", reason("{\"ts\":1,\"host\":\"" + "é".repeat(4_096) + "x\"}"));
    assertEquals("key-too-long", reason("{\"ts\":1,\"host\":\"" + "\uD83D\uDE00".repeat(2_048) + "x\"}"));
  }

  @Test
  void recordKeyAndTimestamp() {
    Decoded.Event event = (Decoded.Event) ofRecord.decode("k".getBytes(UTF_8), "{}".getBytes(UTF_8), 5, 7, NOW);
    assertEquals("k", event.key());
    assertEquals(5, event.observation().timestamp());
    assertEquals("no-key", ofRecord(null, 5));
    assertEquals("no-key", ofRecord(new byte[0], 5));
    assertEquals("wrong-type", ofRecord(new byte[] {(byte) 0xFF}, 5));
    assertEquals("key-too-long", ofRecord(new byte[8 * 1024 + 1], 5));
    assertEquals("no-timestamp", ofRecord(new byte[] {65}, -1));
    assertEquals("too-far-ahead", ofRecord(new byte[] {65}, NOW + 3_600_001));
  }

  private String ofRecord(byte[] key, long timestamp) {
    return ((Decoded.DeadLetter) ofRecord.decode(key, "{}".getBytes(UTF_8), timestamp, 7, NOW)).reason();
  }

  @Test
  void maxAheadIsInclusive() {
    assertEquals(NOW + 3_600_000, event("{\"host\":\"h\",\"ts\":1700003600000}").observation().timestamp());
  }

  private Decoded.Event event(String json) {
    return assertInstanceOf(Decoded.Event.class, decoder.decode(null, json.getBytes(UTF_8), -1, 7, NOW));
  }

  private String reason(String json) {
    byte[] bytes = json.getBytes(UTF_8);
    return assertInstanceOf(Decoded.DeadLetter.class, decoder.decode(null, bytes, -1, 7, NOW)).reason();
  }
}
