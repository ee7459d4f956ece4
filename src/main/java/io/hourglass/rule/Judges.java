package io.hourglass.rule;

import io.hourglass.anomaly.Detector;
import io.hourglass.anomaly.Score;
import io.hourglass.anomaly.SeriesDetector;
import io.hourglass.window.SeriesHistory;
import io.hourglass.window.SeriesPoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Detectors at hand. One takes much more memory than its state, so a node keeps those used last and makes others again from what
 * their keys hold. For any number of threads; a key's series is judged by one at a time.
 */
final class Judges {
  private static final int MOST = 256;

  private record Series(String key, String name) {}

  /** @param learnt what it was made from @param since points it has seen beyond that */
  private record Judge(Detector detector, byte[] learnt, List<SeriesPoint> since) {
    boolean knows(SeriesHistory history) {
      return learnt == history.learnt() && since.equals(history.since());
    }
  }

  private final Map<Series, Judge> lately = new LinkedHashMap<>(16, 0.75f, true);

  /** The score of the next value of a series; the detector has learnt it then. */
  Score score(String key, SeriesHistory history, long time, double value) {
    Series series = new Series(key, history.series());
    Judge judge = take(series);
    Detector detector = judge != null && judge.knows(history) ? judge.detector() : made(history.learnt(), history.since());
    Score score = detector.next(time, value);
    List<SeriesPoint> since = new ArrayList<>(history.since());
    since.add(new SeriesPoint(history.series(), time, value));
    put(series, new Judge(detector, history.learnt(), since));
    return score;
  }

  private static Detector made(byte[] learnt, List<SeriesPoint> since) {
    Detector detector = learnt == null ? new SeriesDetector() : SeriesDetector.restore(learnt);
    since.forEach(point -> detector.next(point.time(), point.value()));
    return detector;
  }

  /** What a snapshot holds of a series. */
  static byte[] learn(byte[] learnt, List<SeriesPoint> since) {
    return made(learnt, since).state();
  }

  private synchronized Judge take(Series series) {
    return lately.remove(series);
  }

  private synchronized void put(Series series, Judge judge) {
    lately.put(series, judge);
    if (lately.size() > MOST) {
      lately.remove(lately.keySet().iterator().next());
    }
  }
}
