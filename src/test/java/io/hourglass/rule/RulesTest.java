package io.hourglass.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.hourglass.window.Aggregate;
import io.hourglass.window.MeasureSpec;
import io.hourglass.window.Observation;
import io.hourglass.window.RaisedAlert;
import io.hourglass.window.Watch;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
  private static final Observation AT_5 = new Observation(1, 5, 0, new double[] {1}, null);

  @Test
  void raisesWithValueAndSummary() throws Exception {
    Watch watch = rules("window.count > 1000 && bytes.sum > 0", "{key}: {value} by {rule} in {window}").forKey("$1\\");
    assertEquals(
        List.of(new RaisedAlert("r", "warning", "$1\\: 1001 by r in 1970-01-01T00:00:00Z", 0, 1001.0, 5)),
        watch.observed(new FakeWindow(1001, 1), AT_5));
    assertEquals(List.of(), watch.observed(new FakeWindow(1000, 1), AT_5));
  }

  @Test
  void onceRaisedStaysQuiet() throws Exception {
    FakeWindow window = new FakeWindow(1001, 1);
    window.raised = Set.of("r");
    assertEquals(List.of(), rules("bytes.sum > 0", "").forKey("k").observed(window, AT_5));
    assertEquals(List.of(), window.asked);
  }

  @Test
  void failureIsCountedAndDoesNotHold() throws Exception {
    Rules rules = rules("window.count / (window.count - 2) > 0", "");
    Watch watch = rules.forKey("k");
    assertEquals(List.of(), watch.observed(new FakeWindow(2, 1), AT_5));
    assertEquals(List.of(), watch.observed(new FakeWindow(2, 1), AT_5));
    assertEquals(1, watch.observed(new FakeWindow(3, 1), AT_5).size());
    assertEquals(2, rules.all().get(0).failures());
  }

  @Test
  void noRulesNoWatch() {
    assertSame(Watch.NONE, Rules.NONE.forKey("k"));
  }

  @ParameterizedTest
  @CsvSource({
    "1001, 1001", "-3, -3", "0, 0", "-0.0, 0", "1001.5, 1001.5", "0.30000000000000004, 0.3", "660.4449, 660.445",
    "1e15, 1000000000000000", "12345678.9, 12345678.9", "0.00012345, 0.000123", "NaN, NaN"
  })
  void numbers(double value, String text) {
    assertEquals(text, Summary.number(value));
  }

  private static Rules rules(String when, String summary) throws BadCondition {
    Rules.Compiler compiler =
        new Rules.Compiler(List.of(new MeasureSpec("bytes", "bytes", Set.of(Aggregate.SUM))));
    return new Rules(List.of(compiler.compile("r", when, "warning", summary)));
  }
}
