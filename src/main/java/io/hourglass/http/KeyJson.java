package io.hourglass.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hourglass.alert.AlertJson;
import io.hourglass.alert.Marks;
import io.hourglass.query.FiringAlerts;
import io.hourglass.settings.Pipeline;
import io.hourglass.window.KeyResult;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A key as it goes out.
 *
 * @param seen the highest offset held, by source ({@code <topic id>-<partition>})
 */
record KeyJson(
    String pipeline,
    String key,
    Instant watermark,
    Map<String, Long> seen,
    List<WindowJson> windows,
    List<ObjectNode> alerts,
    long late) {

  static KeyJson of(Pipeline pipeline, String key, KeyResult result, FiringAlerts alerts, Marks marks) {
    Map<String, Long> seen = new LinkedHashMap<>();
    result.seen().forEach(each -> seen.put(each.source().toString(), each.offset()));
    return new KeyJson(pipeline.name(), key, Json.time(result.watermark()), seen,
        result.windows().stream().map(window -> WindowJson.of(pipeline.name(), key, window)).toList(),
        result.alerts().stream().map(raised -> alerts.alert(pipeline, key, raised)).map(alert -> AlertJson.item(alert, marks.of(alert))).toList(),
        result.late());
  }
}
