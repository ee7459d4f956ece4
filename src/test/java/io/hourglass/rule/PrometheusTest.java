package io.hourglass.rule;

import static io.hourglass.rule.Key.rule;
import static io.hourglass.rule.Key.with;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Random series of a condition, with restarts and crashes in between: told is exactly what Prometheus would tell. */
class PrometheusTest {

  /** @param pause since the step before, ms; short ones against {@code for}, and some over many windows */
  record Step(int pause, boolean holds, What then) {}

  enum What { NOTHING, WRITE, RESTART, WATERMARK }

  @Provide
  Arbitrary<List<Step>> series() {
    Arbitrary<Integer> pause = Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(8, Arbitraries.integers().between(0, 30)), net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(0, 700)));
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
