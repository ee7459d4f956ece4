package io.hourglass.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hourglass.window.Aggregate;
import io.hourglass.window.MeasureSpec;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CelConditionTest {
  private static final Cel CEL = new Cel(List.of(
      new MeasureSpec("bytes", "bytes", EnumSet.of(Aggregate.SUM, Aggregate.MEAN, Aggregate.P99)),
      new MeasureSpec("int", "n", Set.of(Aggregate.MAX))));

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {
    "window.count > 1000 ; 1001 ; 0 ; true", "window.count > 1000 ; 1000 ; 0 ; false",
    "1000 < window.count ; 1001 ; 0 ; true", "1000 >= window.count ; 1001 ; 0 ; false",
    "window.count >= 2.5 ; 3 ; 0 ; true", "window.count >= 2.5 ; 2 ; 0 ; false",
    "bytes.count == 4 && int.count == 3 ; 5 ; 0 ; true", "bytes.sum > 5 ; 1 ; 5.1 ; true",
    "bytes.sum <= -5 ; 1 ; -5 ; true", "bytes.sum < -5 ; 1 ; -5 ; false", "-5 > bytes.sum ; 1 ; -6 ; true",
    "bytes.sum > 5 && int.max < 9.0 ; 1 ; 7 ; true", "bytes.sum > 5 && int.max < 7.0 ; 1 ; 7 ; false",
    "bytes.sum > 5 || window.count == 1 ; 1 ; 2 ; true", "!(bytes.sum > 5) ; 1 ; 2 ; true",
    "bytes.sum / double(window.count) > 2.0 ; 3 ; 7 ; true", "bytes.sum > window.count ; 3 ; 7 ; true",
    "window.count > 1 ? bytes.sum > 1 : false ; 2 ; 2 ; true", "bytes.sum == 2.0 && bytes.mean != 3.0 ; 1 ; 2 ; true",
    "window.count > 9223372036854775806 ; 9223372036854775806 ; 0 ; false",
  })
  void holds(String source, long count, double value, boolean expected) throws Exception {
    assertEquals(expected, holds(condition(source), new FakeWindow(count, value)));
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {
    "bytes.sum > 5 ; false", "bytes.sum < 5 ; false", "!(bytes.sum > 5) ; false", "bytes.sum != 5.0 ; false",
    "bytes.sum == bytes.sum ; false", "bytes.sum > 5 || window.count > 1 ; true", "bytes.sum > window.count ; false",
    "window.count > 1 && bytes.sum > 5 ; false", "bytes.sum / 0.0 > 1.0 ; false", "bytes.sum > 1 ? true : true ; false",
  })
  void withoutValueNothingHolds(String source, boolean expected) throws Exception {
    assertEquals(expected, holds(condition(source), new FakeWindow(2, Double.NaN)));
  }

  @Property(tries = 100)
  void guardsAgreeWithCel(@ForAll double value, @ForAll int bound) throws Exception {
    double finite = Double.isInfinite(value) ? 0 : value;
    FakeWindow window = new FakeWindow(7, finite);
    for (String comparison : List.of("<", "<=", ">", ">=")) {
      boolean guarded = holds(condition("bytes.sum " + comparison + " " + bound), window);
      boolean asked = holds(condition("bytes.sum " + comparison + " " + bound + " || window.count < 0"), window);
      assertEquals(asked, guarded);
    }
  }

  @Test
  void whatIsNotNamedIsNotAsked() throws Exception {
    FakeWindow window = new FakeWindow(10, 1);
    holds(condition("bytes.p99 > 5 && bytes.sum > 5.0 && window.count > 10"), window);
    assertEquals(List.of(), window.asked);
    holds(condition("bytes.p99 > 5 && bytes.sum > 5.0"), window);
    assertEquals(List.of(Aggregate.SUM), window.asked);
  }

  @Test
  void valueIsTheFirstNamed() throws Exception {
    assertEquals(3, condition("window.count > 5 && bytes.sum > 1.0").value(FakeScene.of(new FakeWindow(3, 9))));
    assertEquals(9, condition("(1.0 < bytes.sum) && window.count > 5").value(FakeScene.of(new FakeWindow(3, 9))));
    assertEquals(2, condition("double(bytes.count) > int.max").value(FakeScene.of(new FakeWindow(3, 9))));
  }

  @Test
  void failuresAreToldApart() {
    assertThrows(ConditionFailed.class, () -> holds(condition("window.count / 0 > 1"), new FakeWindow(1, 1)));
    assertThrows(ConditionFailed.class,
        () -> holds(condition("window.count + 9223372036854775807 > 1"), new FakeWindow(1, 1)));
  }

  /** There are no loops over lists, and what would take for ever is refused. */
  @Test
  @Timeout(10)
  void hostileConditionsAreBounded() throws Exception {
    String list = "[" + "1,".repeat(99) + "1]";
    String nested = list + ".all(a, " + list + ".all(b, " + list + ".all(c, " + list + ".all(d, a + b + c + d > 0))))";
    assertThrows(BadCondition.class, () -> condition(nested + " && window.count > 0"));
    assertTrue(assertThrows(BadCondition.class, () -> condition("window.count > 0" + " && true".repeat(1_000))).getMessage().contains("4096"));
    assertThrows(BadCondition.class, () -> condition("(".repeat(2_000)));
    CelCondition regex = condition("'" + "a".repeat(100) + "'.matches('(a*)*(a*)*(a*)*b{0,900}') || window.count > 0");
    regex.verdict(FakeScene.of(new FakeWindow(1, 1)));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "bytes.p50 > 1 | in place of bytes.p50, one of bytes.count, bytes.sum, bytes.mean, bytes.p99",
    "window.size > 1 | in place of window.size, one of window.count, window.bytes.count",
    "byte.sum > 1 | in place of byte.sum, one of window.count, bytes.count, bytes.sum, bytes.mean, bytes.p99, int.count, int.max, and others that begin with previous, rolling, event, baseline, weekly",
    "count > 1 | column 1: undeclared reference to 'count'",
    "bytes.sum * 2 > 1 | column 11: found no matching overload for '_*_' applied to '(double, int)'; a double is written with a point",
    "bytes.sum | column 6: expected type 'bool' but found 'double'",
    "true | a condition over window.count",
    "window.count > | column 15",
  })
  void badConditions(String source, String expected) {
    BadCondition bad = assertThrows(BadCondition.class, () -> condition(source));
    assertTrue(bad.getMessage().startsWith(expected), bad.getMessage());
    assertTrue(!bad.getMessage().contains("\n"));
  }

  private static boolean holds(Condition condition, FakeWindow window) throws ConditionFailed {
    return condition.verdict(FakeScene.of(window)) == Verdict.TRUE;
  }

  private static CelCondition condition(String source) throws BadCondition {
    return CelCondition.compile(source, CEL);
  }
}
