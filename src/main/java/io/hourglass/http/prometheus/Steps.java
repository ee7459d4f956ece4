package io.hourglass.http.prometheus;

import io.hourglass.settings.Pipeline;
import java.util.ArrayList;
import java.util.List;

/** The instants of an evaluation, epoch milliseconds: {@code from}, {@code from + step} and so on up to {@code to}. */
record Steps(long from, long to, long stepMs) {
  /** With steps so many windows long, reading each window by itself reads less than reading them all. */
  private static final int FAR = 8;

  static Steps at(long instant) {
    return new Steps(instant, instant, 1);
  }

  long count() {
    return (to - from) / stepMs + 1;
  }

  boolean farApart(Pipeline pipeline) {
    return stepMs >= FAR * pipeline.window().sizeMs();
  }

  /** How many windows are read for them, at most. */
  long windows(Pipeline pipeline) {
    return farApart(pipeline) ? count() : (to - pipeline.window().startOf(from)) / pipeline.window().sizeMs() + 2;
  }

  /** Where the windows begin in which they lie. */
  List<Long> starts(Pipeline pipeline) {
    List<Long> starts = new ArrayList<>();
    for (long at = from; at <= to; at += stepMs) {
      starts.add(pipeline.window().startOf(at));
    }
    return starts;
  }
}
