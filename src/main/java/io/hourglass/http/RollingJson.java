package io.hourglass.http;

import io.hourglass.settings.Pipeline;
import io.hourglass.window.WindowResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * A rolling window as it goes out: like an open window of its length.
 *
 * @param length ISO-8601, as pane is
 * @param pane it begins and ends at multiples of this
 */
record RollingJson(String pipeline, String key, Instant start, Instant end, String length, String pane, String state,
    Instant watermark, long count, Map<String, Map<String, Object>> measures) {

  static RollingJson of(Pipeline pipeline, String key, WindowResult window) {
    return new RollingJson(pipeline.name(), key, Instant.ofEpochMilli(window.start()), Instant.ofEpochMilli(window.end()),
        Duration.ofMillis(window.end() - window.start()).toString(), Duration.ofMillis(pipeline.keys().panes().sizeMs()).toString(), "open",
        Json.time(window.watermark()), window.count(), WindowJson.measures(window));
  }
}
