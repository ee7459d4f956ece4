package io.hourglass.http.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorTest {

  @Test
  void readsASelectorHoweverItIsWritten() {
    for (String text : List.of("bytes_sum{pipeline=\"clicks\",key=\"/a\"}", " bytes_sum { key = '/a' , pipeline=`clicks`, } ",
        "{__name__=\"bytes_sum\",pipeline=\"clicks\",key=\"/a\"}", "bytes_sum{pipeline=\"clicks\",key=~\"/a\"}")) {
      Selector selector = Selector.parse(text);
      assertEquals(Optional.of("bytes_sum"), selector.metric(), text);
      assertEquals(Optional.of("clicks"), selector.pipeline(), text);
      assertEquals(List.of("/a"), List.copyOf(selector.keys()), text);
    }
  }

  @Test
  void readsHostileKeys() {
    assertEquals(List.of("a\"b\\c\n}"), List.copyOf(Selector.parse("count{key=\"a\\\"b\\\\c\\n}\"}").keys()));
    assertEquals(List.of("a.b", "c|d", "e"), List.copyOf(Selector.parse("count{key=~\"(a\\\\.b|c\\\\|d|e)\"}").keys()));
    assertEquals(List.of("", "ü\uD83D\uDE00"), List.copyOf(Selector.parse("count{key=~'|ü\uD83D\uDE00'}").keys()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "{}", "rate(count[5m])", "count[5m]", "count + count", "count{key!=\"a\"}", "count{key=~\"a.*\"}",
      "count{key=\"a\"", "count{key=\"a}", "count{host=\"a\"}", "count{key=\"a\",key=\"b\"}", "count{key=\"a\"} offset 5m", "count{key=\"\\x\"}", "1abc"})
  void refusesEverythingElse(String text) {
    assertTrue(assertThrows(BadQuery.class, () -> Selector.parse(text)).getMessage().length() > 10);
  }

  @Test
  void refusesTooManyKeys() {
    assertThrows(BadQuery.class, () -> Selector.parse("count{key=~\"" + "a|".repeat(Selector.MOST_KEYS) + "\"}"));
  }

  @Test
  void readsLongTextsInNoTime() {
    String escapes = "\\\\".repeat(30_000);
    assertEquals(30_000, Selector.parse("count{key=\"" + escapes + "\"}").keys().iterator().next().length());
    assertThrows(BadQuery.class, () -> Selector.parse("count{key=\"" + escapes));
    assertThrows(BadQuery.class, () -> Selector.parse("count{" + " ".repeat(60_000) + "a".repeat(60_000) + " ".repeat(60_000) + "?"));
    assertThrows(BadQuery.class, () -> new Arguments(Map.of("step", List.of("1".repeat(60_000)))).step());
  }
}
