package io.hourglass.silence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatcherTest {
  private static final Map<String, String> LABELS = Map.of("rule", "burst", "key", "a\nb");

  @ParameterizedTest
  @CsvSource({
      "rule,  burst,       false, true,  true",
      "rule,  bur,         false, true,  false",
      "rule,  burst,       false, false, false",
      "rule,  quiet,       false, false, true",
      "rule,  b.*t,        true,  true,  true",
      "rule,  urs,         true,  true,  false",
      "rule,  urs|burst,   true,  true,  true",
      "rule,  b|urst,      true,  true,  false",
      "rule,  urs,         true,  false, true",
      "key,   a.b,         true,  true,  false",
      "key,   (?s)a.b,     true,  true,  true",
      "other, '',          false, true,  true",
      "other, x,           false, false, true",
      "other, .+,          true,  true,  false",
      "other, .*,          true,  true,  true"})
  void matches(String name, String value, boolean isRegex, boolean isEqual, boolean expected) {
    assertEquals(expected, new Matcher(name, value, isRegex, isEqual).compiled().test(LABELS));
  }

  @Test
  void noExpressionTakesLong() {
    Matcher catastrophic = new Matcher("key", "(a*)*(a|aa)+b", true, true);
    assertTimeoutPreemptively(Duration.ofSeconds(5),
        () -> assertFalse(catastrophic.compiled().test(Map.of("key", "a".repeat(10_000)))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "a**", "(?=x)", "((((a{1000}){1000}){1000}){1000})", "x{99999999}"})
  void aBadExpressionIsRefused(String expression) {
    BadSilence bad = assertThrows(BadSilence.class, () -> new Matcher("rule", expression, true, true).check("matchers[0]"));
    assertEquals("matchers[0].value", bad.field());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a-b", "1a", "a b", "ü"})
  void aBadNameIsRefused(String name) {
    assertEquals("matchers[1].name", assertThrows(BadSilence.class, () -> new Matcher(name, "x", false, true).check("matchers[1]")).field());
  }
}
