package io.hourglass.rule;

import static io.hourglass.rule.Key.rule;
import static io.hourglass.rule.Key.with;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** Random series of a condition, with restarts and crashes in between: told is exactly what Prometheus would tell. */
class PrometheusTest {

  /** @param pause since the step before, ms; short ones against {@code for}, and some over many windows */
  record Step(int pause, boolean holds, What then) {}

  enum What { NOTHING, WRITE, RESTART, WATERMARK }

  @Provide
  Arbitrary<List<Step>> series() {
    Arbitrary<Integer> pause = Arbitraries.frequencyOf(
        Tuple.of(8, Arbitraries.integers().between(0, 30)), Tuple.of(1, Arbitraries.integers().between(0, 700)));
    return Combinators.combine(pause, Arbitraries.of(true, true, false), Arbitraries.of(What.class)).as(Step::new).list().ofMaxSize(60);
  }

  @Property(tries = 2_000)
  void anEventRuleIsPrometheuss(@ForAll("series") List<Step> series, @ForAll @IntRange(max = 60) int forMs, @ForAll @IntRange(max = 60) int keepMs) {
    Key key = new Key(with(rule("event.v > 0"), null, null, forMs, keepMs, NoData.KEEP));
    PrometheusAlert prometheus = new PrometheusAlert(forMs, keepMs);
    long now = 0;
    for (Step step : series) {
      now += step.pause();
      key.at(now, step.holds() ? 1 : 0);
      prometheus.eval(now, step.holds());
      then(key, step.then(), now);
    }
    assertEquals(prometheus.story(), key.story());
  }

  private static void then(Key key, What what, long now) {
    switch (what) {
      case WRITE -> key.write();
      case RESTART -> key.restart();
      case WATERMARK -> key.watermark(now);
      default -> { }
    }
  }

  /** An update rule is evaluated at each event and at the end of each window, where nothing has come yet. */
  @Property(tries = 2_000)
  void anUpdateRuleIsPrometheussWithTheEndsOfWindows(@ForAll("series") List<Step> series, @ForAll @IntRange(max = 260) int forMs,
      @ForAll @IntRange(max = 260) int keepMs, @ForAll @IntRange(min = 1, max = 3) int least) {
    Key key = new Key(with(rule("window.count >= " + least), null, null, forMs, keepMs, NoData.KEEP));
    PrometheusAlert prometheus = new PrometheusAlert(forMs, keepMs);
    long now = 0;
    long end = Long.MAX_VALUE;
    int count = 0;
    for (Step step : series) {
      now += step.pause();
      for (; end <= now; end += Key.SIZE) {
        prometheus.eval(end, false);
        count = 0;
      }
      end = (now / Key.SIZE + 1) * Key.SIZE;
      key.at(now, 1);
      prometheus.eval(now, ++count >= least);
      then(key, step.then(), now);
    }
    assertEquals(prometheus.story(), key.story());
  }

  private static final List<RuleSpec> MENU = List.of(
      with(Key.named("mean", "v.mean > 0.4"), null, null, 130, 0, NoData.KEEP),
      with(Key.named("kept", "v.mean > 0.4"), null, null, 0, 150, NoData.RESOLVE),
      with(Key.named("gone", "v.mean > 0.4"), null, null, 260, 0, NoData.ALERT),
      with(Key.named("event", "event.v > 0"), null, null, 40, 70, NoData.KEEP),
      with(Key.named("quiet", "window.count < 1"), null, null, 450, 120, NoData.KEEP),
      with(Key.named("absent", "window.count < 1"), null, On.CLOSE, 250, 0, NoData.KEEP),
      with(Key.named("drop", "window.count < previous.count"), null, On.CLOSE, 0, 330, NoData.KEEP),
      with(Key.named("usual", "baseline.count.count > 2 && double(window.count) > baseline.count.mean"), null, On.CLOSE, 0, 0, NoData.KEEP));

  /** How far the watermark was told in between, and what was restarted, makes no difference to any of several rules. */
  @Property(tries = 2_000)
  void severalRulesTellTheSameHoweverTheyAreTold(@ForAll("series") List<Step> series, @ForAll @IntRange(max = 255) int chosen) {
    RuleSpec[] rules = IntStream.range(0, MENU.size()).filter(i -> (chosen >> i & 1) == 1).mapToObj(MENU::get).toArray(RuleSpec[]::new);
    Key once = new Key(rules);
    Key often = new Key(rules);
    long now = 0;
    for (Step step : series) {
      for (long between = now; between < now + step.pause(); between += 70) {
        then(often.watermark(between - 1), step.then(), between - 1);
      }
      now += step.pause();
      once.at(now, step.holds() ? 1 : 0);
      often.at(now, step.holds() ? 1 : 0);
      then(often, step.then(), now - 1);
    }
    for (long end = now; end < now + 2_000; end += 130) {
      often.watermark(end).restart();
    }
    assertEquals(told(once.watermark(now + 2_000)), told(often.watermark(now + 2_000)));
  }

  private static List<String> told(Key key) {
    return key.alerts().stream().map(each -> each.rule() + " " + each.at() + ".." + each.endsAt() + " by " + each.cause()).sorted().toList();
  }

  /** A close rule is evaluated at the end of each closed window, those without events included. */
  @Property(tries = 2_000)
  void aCloseRuleIsPrometheussOverClosedWindows(@ForAll("series") List<Step> series, @ForAll @IntRange(max = 460) int forMs,
      @ForAll @IntRange(max = 460) int keepMs, @ForAll @IntRange(min = 1, max = 3) int most) {
    Key key = new Key(with(rule("window.count <= " + most), null, On.CLOSE, forMs, keepMs, NoData.KEEP));
    PrometheusAlert prometheus = new PrometheusAlert(forMs, keepMs);
    long now = 0;
    long end = Long.MAX_VALUE;
    int count = 0;
    for (Step step : series) {
      now += step.pause();
      for (; end <= now; end += Key.SIZE) {
        prometheus.eval(end, count <= most);
        count = 0;
      }
      end = (now / Key.SIZE + 1) * Key.SIZE;
      count++;
      key.at(now, 1);
      then(key, step.then(), now);
    }
    for (; end <= now + 2_000; end += Key.SIZE) {
      prometheus.eval(end, count <= most);
      count = 0;
    }
    assertEquals(prometheus.story(), key.watermark(end - Key.SIZE + 9).story());
  }
}
