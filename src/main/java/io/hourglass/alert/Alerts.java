package io.hourglass.alert;
import io.hourglass.window.RaisedAlert;
public final class Alerts {
  public static Alert firing(String pipeline, String key, RaisedAlert a, long windowEnd, long emittedAt) {
    return new Alert(pipeline+key+a.rule()+a.start(), "firing", pipeline, a.rule(), key, a.severity(), a.summary(), a.value(), a.start(), windowEnd, a.at(), null, emittedAt, "");
  }
  public static Alert resolved(Alert a, long at) { return a; }
}
