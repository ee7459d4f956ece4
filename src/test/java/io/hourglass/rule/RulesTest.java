package io.hourglass.rule;

import static io.hourglass.rule.Key.rule;
import static io.hourglass.rule.Key.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hourglass.window.KeySpec;
import io.hourglass.window.PaneSpec;
import io.hourglass.window.RaisedAlert;
import io.hourglass.window.Watch;
import io.hourglass.window.WindowSpec;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the rules of a key tell, in windows [0, 100), [100, 200) … that close 10 ms after their end. */
class RulesTest {
  private static final RuleSpec THREE = rule("window.count >= 3");
  private static final RuleSpec HOT = rule("v.mean > 80");

  // ---- when it fires and ends

  @Test
  void firesWithTheObservationThatCrossesAndEndsWithTheWindow() {
    assertEquals("r 7.., r 7..100", new Key(THREE).at(5, 1).at(6, 1).at(7, 1).at(8, 1).at(150, 1).story());
  }

  @Test
  void endsWhenTheWindowClosesThoughNothingMoreComes() {
    Key key = new Key(THREE).at(5, 1).at(6, 1).at(7, 1).watermark(108);
    assertEquals("r 7..", key.story());
    assertEquals("r 7.., r 7..100", key.watermark(109).story());
  }

  @Test
  void firesAgainInTheNextWindow() {
    assertEquals("r 7.., r 7..100, r 103.., r 103..200",
        new Key(THREE).at(5, 1).at(6, 1).at(7, 1).at(101, 1).at(102, 1).at(103, 1).watermark(500).story());
  }

  @Test
  void anEarlierWindowThatIsStillOpenFiresOnce() {
    Key key = new Key(THREE).at(5, 1).at(6, 1).at(101, 1, 90).at(99, 1, 90).at(98, 1, 90).at(102, 1);
    assertEquals("r 101.., r 101..102", key.story());
  }

  @Test
  void anEarlierWindowDoesNotEndWhatFiresOverTheRunningOne() {
    Key key = new Key(THREE).at(5, 1).at(101, 1, 90).at(102, 1, 90).at(103, 1, 90).at(99, 1, 90);
    assertEquals("r 103..", key.story());
    assertTrue(key.firing());
  }

  @Test
  void holdsForAWhileBeforeItFires() {
    RuleSpec spec = with(HOT, null, null, 20, 0, NoData.KEEP);
    assertEquals("r 25.., r 25..50", new Key(spec).at(5, 81).at(24, 81).at(25, 81).at(50, 0).story());
    assertEquals("", new Key(spec).at(5, 81).at(24, 81).at(25, 0).at(50, 300).story(), "pending and forgotten");
  }

  @Test
  void isKeptFiringForAWhile() {
    RuleSpec spec = with(rule("event.v > 80"), null, null, 0, 20, NoData.KEEP);
    assertEquals("r 5.., r 5..30", new Key(spec).at(5, 81).at(10, 1).at(29, 1).at(30, 1).story());
    assertEquals("r 5..", new Key(spec).at(5, 81).at(10, 1).at(29, 81).at(30, 1).at(49, 1).story(), "holding again ends the time");
  }

  @Test
  void aSecondConditionEndsIt() {
    RuleSpec spec = with(rule("event.v > 80"), "event.v < 60", null, 0, 0, NoData.KEEP);
    assertEquals("r 5.., r 5..30", new Key(spec).at(5, 81).at(10, 79).at(20, 60).at(30, 59).story());
    assertEquals("", new Key(spec).at(5, 79).at(10, 59).story());
  }

  @ParameterizedTest
  @CsvSource({"KEEP, r 5..", "RESOLVE, 'r 5.., r 5..100'", "ALERT, r 5.."})
  void noDataIsNoEnd(NoData policy, String story) {
    assertEquals(story, new Key(with(HOT, null, null, 0, 0, policy)).at(5, 81).watermark(1_000).story());
  }

  @Test
  void noDataMayItselfBeTheAlert() {
    RuleSpec spec = with(HOT, null, null, 150, 0, NoData.ALERT);
    assertEquals("r 300.., r 300..1050", new Key(spec).at(5, 1).watermark(1_000).at(1_050, 1).story());
  }

  @Test
  void absenceIsJudgedOnClosedWindowsOnly() {
    RuleSpec spec = with(rule("window.count < 2"), null, On.CLOSE, 0, 0, NoData.KEEP);
    assertEquals("", new Key(spec).at(5, 1).watermark(108).story());
    assertEquals("r 100..", new Key(spec).at(5, 1).watermark(109).story());
    Key key = new Key(spec).at(5, 1).at(6, 1).at(150, 1).at(151, 1).watermark(209);
    assertEquals("", key.story());
    assertEquals("r 300..", key.watermark(309).story(), "an hour in which nothing came");
    assertEquals("r 300.., r 300..600", key.at(550, 1, 499).at(551, 1, 499).watermark(700).story());
  }

  @Test
  void comparesWithTheWindowBefore() {
    RuleSpec spec = rule("previous.count > 0 && window.count > 2 * previous.count");
    assertEquals("r 152..", new Key(spec).at(5, 1).at(150, 1).at(151, 1).at(152, 1).story());
    RuleSpec drop = with(rule("window.v.sum < 0.5 * previous.v.sum"), null, On.CLOSE, 0, 0, NoData.KEEP);
    assertEquals("r 200..", new Key(drop).at(5, 10).at(150, 4).watermark(300).story());
  }

  /** Panes of 10, five of them. */
  @Test
  void theTrailingHourKnowsNoWindows() {
    Key key = new Key(rule("rolling.count >= 3")).at(95, 1).at(98, 1).at(102, 1);
    assertEquals("r 102..", key.story());
    assertEquals("r 102.., r 102..141", key.at(141, 1).story());
    assertEquals("r 12..", new Key(rule("rolling.v.sum > 5.0 && window.count < 9")).at(5, 2).at(9, 2).at(12, 2).story());
  }

  /** What a key had before it had rules is seen by the first of them. */
  @Test
  void theFirstRuleOfAKeySeesTheTrailingHour() {
    Key key = new Key().at(41, 1).at(42, 1).at(43, 1).restart();
    assertEquals("", key.change(rule("rolling.count < 3")).story());
    assertEquals("r 40..", new Key().at(41, 1).at(42, 1).at(43, 1).restart().change(rule("rolling.count >= 3")).story());
  }

  @Test
  void theTrailingHourRunsOutWhenNothingComes() {
    RuleSpec busy = rule("rolling.count >= 3");
    assertEquals("r 7.., r 7..100", new Key(busy).at(5, 1).at(6, 1).at(7, 1).watermark(109).story());
    KeySpec longer = new KeySpec(Key.SPEC.window(), new PaneSpec(50, 400), Key.MEASURES, 100_000);
    Key key = new Key(longer, busy).at(5, 1).at(6, 1).at(7, 1).watermark(409).restart();
    assertEquals("r 7..", key.story());
    assertEquals(400, key.awaited(), "the window at whose end it is over");
    assertEquals("r 7.., r 7..500", key.watermark(1_000).story());
    assertEquals(Long.MIN_VALUE, key.awaited());
    assertEquals("r 700..", new Key(longer, rule("rolling.count < 1")).at(250, 1).watermark(1_000).story());
  }

  @ParameterizedTest
  @CsvSource({"CLOSE, true", "UPDATE, false"})
  void theTrailingHourIsRefusedWhereThereIsNone(On on, boolean kept) {
    KeySpec spec = new KeySpec(Key.SPEC.window(), kept ? Key.SPEC.panes() : PaneSpec.OFF, Key.MEASURES, 100_000);
    RuleSpec rule = with(rule("rolling.count > 3"), null, on, 0, 0, NoData.KEEP);
    BadRule bad = assertThrows(BadRule.class, () -> new Rules.Compiler(spec).compile(rule));
    assertEquals("no rolling.… in a rule with on = close, nor where window.rolling is off", bad.getMessage());
  }

  @Test
  void overSingleEventsWhateverTheirWindow() {
    RuleSpec spec = rule("event.v > 80");
    assertEquals("r 5.., r 5..101, r 101.., r 101..102",
        new Key(spec).at(5, 81).at(101, 1, 90).at(99, 90, 90).at(102, 1).story());
  }

  @Test
  void evaluatesNoMoreOfALongSilenceThanCanChange() {
    RuleSpec spec = with(rule("window.count < 1"), null, On.CLOSE, 1_000_000, 0, NoData.KEEP);
    long years = 100L * 1_000_000_000;
    assertEquals("r 1000200..", new Key(spec).at(5, 1).watermark(years).story());
  }

  @Test
  void awaitsTheEndOfAWindowInWhichARuleMayChange() {
    RuleSpec absence = with(rule("window.count < 1"), null, On.CLOSE, 250, 0, NoData.KEEP);
    Key key = new Key(absence).at(5, 1).watermark(108);
    assertEquals(Long.MIN_VALUE, key.awaited(), "the first window is told of anyway");
    assertEquals(100, key.watermark(109).awaited());
    assertEquals(400, key.watermark(209).awaited(), "pending since 200, fires at 450 at the earliest");
    assertEquals("r 500..", key.watermark(509).story());
    assertEquals(Long.MIN_VALUE, key.awaited(), "nothing more changes by itself");
    assertEquals(Long.MIN_VALUE, new Key(THREE).at(5, 1).watermark(109).awaited(), "nothing that could");
    assertEquals(100, new Key(absence).at(5, 1).watermark(109).restart().awaited(), "after a restart too");
  }

  @Test
  void sumsOfAWindowInWhichNothingHasComeAreKnown() {
    assertEquals("r 5.., r 5..100", new Key(rule("v.sum > 80")).at(5, 81).watermark(109).story());
    assertEquals("", new Key(rule("window.v.sum > 2.0 * previous.v.sum")).at(5, 81).story(), "there is no window before");
    assertEquals("", new Key(rule("window.count > 2 * previous.count")).at(5, 81).story());
  }

  @Test
  void aValueThatTheKeyNeverHadIsNewOnce() {
    RuleSpec spec = rule("event.v.new && window.count > 1");
    Key key = new Key(spec).at(5, 1).at(6, 1).at(7, 2).at(8, 1).at(9, 2);
    assertEquals("r 7.., r 7..8", key.story());
    assertEquals("r 7.., r 7..8, r 12.., r 12..13", key.restart().at(10, 2).at(11, 1).at(12, 3).at(13, 3).story());
  }

  @Test
  void newValuesAreRememberedUpToABound() {
    Key key = new Key(rule("event.v.new && window.count > 1000"));
    for (int value = 0; value < 1_000; value++) {
      key.at(5, value);
    }
    assertEquals("", key.at(6, 1_001).at(7, 1_002).story());
  }

  /** Windows of 100 ms: all of them begin in the first hour of the day, so each earlier one counts. */
  @Test
  void deviatesFromWhatItWasAtThisHour() {
    RuleSpec spec = with(rule("baseline.count.count >= 3 && double(window.count) > baseline.count.mean + 2.0 * baseline.count.stddev + 1.0"),
        null, On.CLOSE, 0, 0, NoData.KEEP);
    Key key = new Key(spec);
    for (long start = 0; start < 500; start += 100) {
      key.at(start + 5, 1).at(start + 6, 1);
    }
    key.restart();
    for (int i = 0; i < 6; i++) {
      key.at(510 + i, 1);
    }
    assertEquals("", key.watermark(608).story());
    assertEquals("r 600..", key.watermark(609).restart().story());
  }

  @Test
  void aBaselineIsOfOtherWindowsThanTheOneThatIsJudged() {
    RuleSpec spec = with(rule("baseline.v.sum.count == 2 && baseline.v.sum.mean == 15.0 && weekly.v.sum.mean == 15.0"), null, On.CLOSE, 0, 0, NoData.KEEP);
    assertEquals("r 300.., r 300..400", new Key(spec).at(5, 10).restart().at(105, 20).write().at(205, 1_000).crash().at(205, 1_000).at(305, 1).watermark(500).story());
  }

  private static RuleSpec odd(double sensitivity) {
    return new RuleSpec("odd", "", Optional.empty(), Optional.empty(), Optional.of(new AnomalySpec("v.sum", sensitivity)), 0, 0, NoData.KEEP,
        "warning", Map.of(), "{key}: {value}, expected {expected}", "");
  }

  /** A window of 5 events with a ripple for a long time, then one of 50. */
  private static Key rippling(int windows, IntConsumer after, Key key) {
    for (int i = 0; i < windows; i++) {
      key.at(100L * i + 5, i == windows - 1 ? 500 : 50 + (i * 7919 % 11));
      after.accept(i);
    }
    return key.watermark(100L * windows + 9);
  }

  @Test
  void whatIsOddAmongTheWindowsBeforeItFires() {
    Key key = new Key(odd(0.5));
    rippling(300, i -> { }, key);
    RaisedAlert alert = key.alerts().stream().filter(each -> each.endsAt() == null).reduce((first, last) -> last).orElseThrow();
    assertEquals(30_000, alert.at());
    assertEquals(500, alert.value());
    assertTrue(alert.anomaly().score() > 0.5 && alert.anomaly().expected() > 40 && alert.anomaly().expected() < 70, alert.toString());
    assertTrue(alert.anomaly().grade() > 0 && alert.anomaly().grade() <= 1);
  }

  /** Days begin at midnight where the pipeline is, in winter and in summer. */
  @ParameterizedTest
  @CsvSource({"2026-01-15T05:00:00Z, 2026-01-15T06:00:00Z", "2026-07-15T05:00:00Z, 2026-07-15T07:00:00Z"})
  void aSeriesIsJudgedByTheClocksOfThePipelinesZone(Instant start, Instant local) {
    KeySpec berlin = new KeySpec(new WindowSpec(3_600_000, ZoneId.of("Europe/Berlin"), 0, 0), PaneSpec.OFF, Key.MEASURES, 100_000);
    Key key = new Key(berlin, odd(0.5)).at(start.toEpochMilli() + 5, 1).watermark(start.toEpochMilli() + 3_600_000);
    assertEquals(List.of(local), key.judged().stream().map(Instant::ofEpochMilli).toList());
  }

  /** What a detector has learnt is part of the key, and the same after any restart. */
  @Test
  void aRestartedDetectorScoresTheSame() {
    Key one = rippling(300, i -> { }, new Key(odd(0.5)));
    Key other = new Key(odd(0.5));
    rippling(300, i -> {
      if (i % 37 == 0) {
        other.restart();
      } else if (i % 5 == 0) {
        other.write();
      }
    }, other);
    assertEquals(one.alerts().stream().map(RaisedAlert::anomaly).toList(), other.alerts().stream().map(RaisedAlert::anomaly).toList());
  }

  /** A deadline that has passed without effect hid the others. */
  @Test
  void aRuleThatWaitsForEverHidesNoOther() {
    RuleSpec slow = with(Key.named("slow", "v.mean > 80"), null, null, 20, 0, NoData.KEEP);
    RuleSpec single = with(Key.named("single", "event.v > 80"), null, null, 20, 0, NoData.KEEP);
    RuleSpec quiet = with(Key.named("quiet", "window.count < 1"), null, null, 450, 0, NoData.KEEP);
    assertEquals("quiet 600..", new Key(quiet).at(5, 95).watermark(5_000).story());
    assertEquals("quiet 600..", new Key(slow, single, quiet).at(5, 95).watermark(5_000).story());
    assertEquals(500, new Key(slow, single, quiet).at(5, 95).watermark(109).awaited());
  }

  @Test
  void whatComesAfterTheClockHasClosedIsJudgedAsEver() {
    RuleSpec busy = with(Key.named("busy", "window.count >= 2"), null, On.CLOSE, 0, 0, NoData.KEEP);
    Key key = new Key(THREE, busy).at(5, 1).clock(1_000);
    key.at(110, 1, 50).at(120, 1, 50).at(130, 1, 50).at(140, 1, 50);
    assertEquals("r 130..", key.story());
    assertEquals("r 130.., r 130..200, busy 200..", key.watermark(209).story());
  }

  /** Instants of days in a zone with summer time cannot be told for all numbers. */
  @Test
  void whatNeverFiredIsForgottenInEveryZone() {
    KeySpec days = new KeySpec(new WindowSpec(86_400_000, ZoneId.of("Europe/Berlin"), 0, 0), PaneSpec.OFF, Key.MEASURES, 100_000);
    Key key = new Key(days, with(rule("event.v > 80"), null, null, 20, 0, NoData.KEEP));
    assertEquals("r 50..", key.at(5, 81).at(6, 1).restart().at(30, 81).restart().at(50, 81).story());
  }

  @Test
  void aConditionToEndThatStopsHoldingBeginsAnew() {
    RuleSpec spec = with(rule("event.v > 80"), "event.v < 60", null, 0, 50, NoData.KEEP);
    assertEquals("r 1.., r 1..90", new Key(spec).at(1, 90).at(10, 50).at(20, 70).at(40, 50).at(70, 50).at(90, 50).story());
  }

  // ---- through restarts

  @Test
  void aRestartNeitherResetsNorRepeats() {
    RuleSpec spec = with(HOT, null, null, 20, 0, NoData.KEEP);
    assertEquals("r 25.., r 25..60",
        new Key(spec).at(5, 81).restart().at(24, 81).restart().at(25, 81).restart().at(50, 300).restart().at(60, -1_000).restart().story());
  }

  // ---- what it says

  @Test
  void saysWhatItIsAbout() {
    RuleSpec spec = new RuleSpec("r", "window.count > 1 && v.sum > 0", Optional.empty(), Optional.empty(), Optional.empty(), 0, 0, NoData.KEEP, "critical",
        Map.of("team", "web"), "{key}: {value} by {rule} in {window}", "sum {v.sum}, before {previous.v.max}");
    RaisedAlert alert = new Key(spec).at(5, 1).at(6, 2.5).alerts().get(0);
    assertEquals("k: 2 by r in 1970-01-01T00:00:00Z", alert.summary());
    assertEquals("sum 3.5, before NaN", alert.description());
    assertEquals(Map.of("team", "web"), alert.labels());
    assertEquals("critical", alert.severity());
    assertEquals("t-0/1", alert.cause());
  }

  @Test
  void failureIsCountedAndDoesNotHold() {
    Key key = new Key(rule("window.count / (window.count - 2) > 0")).at(1, 1).at(2, 1).at(3, 1);
    assertEquals("r 3..", key.story());
    assertEquals(1, key.rules().all().get(0).failures());
  }

  @Test
  void noRulesNoWatch() {
    assertFalse(new RuleBook(Rules.NONE).forKey("k").active());
    assertFalse(Watch.NONE.active());
  }

  // ---- rules that change

  @Test
  void aChangedRuleKeepsWhatStillHoldsAndEndsWhatDoesNot() {
    Key key = new Key(THREE).at(5, 1).at(6, 1).at(7, 1);
    assertEquals("r 7..", key.change(rule("window.count >= 2")).story());
    assertEquals("r 7.., r 7..7", key.change(rule("window.count >= 4")).story());
    assertEquals("r 7.., r 7..7, r 8..", key.at(8, 1).story());
  }

  @Test
  void aRuleThatIsGoneEndsItsAlerts() {
    assertEquals("r 7.., r 7..7", new Key(THREE).at(5, 1).at(6, 1).at(7, 1).change().story());
    assertEquals("", new Key(with(HOT, null, null, 20, 0, NoData.KEEP)).at(5, 81).change().at(50, 81).story());
  }

  @Test
  void aNewRuleFiresOverWhatIsThere() {
    assertEquals("r 8..", new Key().at(5, 1).at(6, 1).at(7, 1).at(8, 1).change(THREE).story());
    Key key = new Key(rule("window.count > 100")).at(5, 1).at(6, 1).at(7, 1).change(THREE);
    assertEquals("r 7..", key.story());
    assertEquals("r 7..", key.restart().change(THREE).story(), "the same rules are no change");
  }

  @Test
  void aRuleThatComesAgainTellsOtherAlerts() {
    Key key = new Key(THREE).at(5, 1).at(6, 1).at(7, 1).change().change(THREE).change().change(THREE);
    assertEquals("r 7.., r 7..7, r 7.., r 7..7, r 7..", key.story());
    assertEquals(3, key.alerts().stream().map(RaisedAlert::cause).distinct().count());
  }

  @Test
  void theFirstRulesJudgeNothingThatWasBeforeThem() {
    RuleSpec few = with(Key.named("few", "window.count < 2"), null, On.CLOSE, 0, 0, NoData.KEEP);
    RuleSpec low = Key.named("low", "window.count < 1");
    Key key = new Key(few).at(5, 1).at(6, 1).at(105, 1).at(106, 1).change();
    for (long start = 200; start < 900; start += 100) {
      key.at(start, 1).at(start + 1, 1).write();
    }
    assertEquals("low 900.., low 900..990", key.change(few, low).at(990, 1).at(991, 1).story(), "only what begins from here on");
    assertEquals("", new Key().at(5, 1).at(115, 1).write().change(few).watermark(208).story(), "a window that had closed before");
  }

  @Test
  void aRuleOverClosedWindowsThatChangedIsJudgedByTheNewestOne() {
    RuleSpec few = with(rule("window.count < 2"), null, On.CLOSE, 0, 0, NoData.KEEP);
    Key key = new Key(few).at(5, 1).at(120, 1);
    assertEquals("r 100..", key.story());
    assertEquals("r 100.., r 100..100", key.change(with(rule("window.count < 1"), null, On.CLOSE, 0, 0, NoData.KEEP)).story());
  }

  @Test
  void theSameRulesHaveTheSameVersionWhateverTheirOrder() {
    RuleSpec other = RuleSpec.of("other", "window.count > 1", "info", "");
    assertEquals(Key.rules(THREE, other).version(), Key.rules(other, THREE).version());
    assertNotEquals(Key.rules(THREE).version(), Key.rules(other).version());
    assertEquals(0, Rules.NONE.version());
  }

  @Test
  void aBadRuleSaysWhichPart() {
    assertEquals("summary: {nothing} (expected: {key}, {value}, {rule}, {window} or a variable such as {window.count})",
        bad(RuleSpec.of("r", "v.sum > 1", "info", "{nothing}")));
    assertTrue(bad(rule("v.sum >")).startsWith("when: v.sum > (expected: column "));
    assertTrue(bad(with(rule("v.sum > 1"), "true", null, 0, 0, NoData.KEEP)).startsWith("clear: true (expected: a condition over"));
    assertTrue(bad(new RuleSpec("r", "v.sum > 1", Optional.empty(), Optional.empty(), Optional.of(new AnomalySpec("v.sum", 0.5)), 0, 0,
        NoData.KEEP, "info", Map.of(), "", "")).startsWith("anomaly: v.sum (expected: a rule without when and clear"));
    assertTrue(bad(new RuleSpec("r", "", Optional.empty(), Optional.empty(), Optional.of(new AnomalySpec("v.size", 0.5)), 0, 0,
        NoData.KEEP, "info", Map.of(), "", "")).startsWith("anomaly.measure: v.size (expected: one of window.count"));
    assertEquals("when: event.v > 1 (expected: no event.… in a rule that is not on = event)",
        bad(with(rule("event.v > 1"), null, On.CLOSE, 0, 0, NoData.KEEP)));
  }

  private static String bad(RuleSpec spec) {
    BadRule bad = assertThrows(BadRule.class, () -> new Rules.Compiler(Key.SPEC).compile(spec));
    return bad.part() + ": " + bad.value() + " (expected: " + bad.getMessage() + ")";
  }

  @ParameterizedTest
  @CsvSource({
    "1001, 1001", "-3, -3", "0, 0", "-0.0, 0", "1001.5, 1001.5", "0.30000000000000004, 0.3", "660.4449, 660.445",
    "1e15, 1000000000000000", "12345678.9, 12345678.9", "0.00012345, 0.000123", "NaN, NaN"
  })
  void numbers(double value, String text) {
    assertEquals(text, Template.number(value));
  }
}
