package io.hourglass.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.hourglass.alert.Alert;
import io.hourglass.alert.Alerts;
import io.hourglass.alert.Mark;
import io.hourglass.services.Await;
import io.hourglass.services.KafkaBroker;
import io.hourglass.services.Port;
import io.hourglass.settings.Notify;
import io.hourglass.settings.Notify.Alertmanager;
import io.hourglass.settings.Notify.Endpoint;
import io.hourglass.shared.TableInMemory;
import io.hourglass.silence.BadSilence;
import io.hourglass.silence.SilenceJson;
import io.hourglass.silence.Silences;
import io.hourglass.window.RaisedAlert;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With Debian's Alertmanager: it shows what fires here, and its silences mean what they mean here. */
@Timeout(180)
class AlertmanagerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  /** Event time lies decades back, as in a replay. */
  private static final long EVENT = Instant.parse("1995-08-01T10:00:00Z").toEpochMilli();
  @TempDir static Path directory;
  private static AlertmanagerProcess alertmanager;

  @BeforeAll
  static void start() throws Exception {
    alertmanager = new AlertmanagerProcess(directory.resolve("alertmanager"));
    alertmanager.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (alertmanager != null) {
      alertmanager.close();
    }
  }

  @Test
  void showsWhatFiresUntilItEndsAndAgainAfterARestartOfItsOwn() throws Exception {
    KafkaBroker broker = new KafkaBroker(directory.resolve("kafka"), Port.free());
    broker.start();
    try (OneNode node = new OneNode(broker.bootstrap(), "am", settings(), alert -> Mark.NONE, List.of())) {
      Alert fires = alert("a", EVENT, null);
      node.publish(fires, alert("b", EVENT, null));
      Await.until("both are active", PATIENCE, () -> alertmanager.query("severity=warning").size() == 2);
      JsonNode shown = alertmanager.query("key=a").get(0);
      assertEquals(fires.fingerprint(), shown.get("fingerprint").textValue());
      assertEquals("active", shown.at("/status/state").textValue());
      assertEquals("1995-08-01T10:00:00Z", shown.at("/annotations/event_start").textValue());
      node.publish(alert("b", EVENT, EVENT + 60_000));
      Await.until("the one is resolved", PATIENCE, () -> alertmanager.query("severity=warning").size() == 1);
      alertmanager.kill();
      alertmanager.start();
      Await.until("the other is pushed again", PATIENCE, () -> alertmanager.query("key=a").size() == 1);
      node.publish(alert("a", EVENT, EVENT + 60_000));
      Await.until("nothing is active", PATIENCE, () -> alertmanager.query("severity=warning").size() == 0);
      assertEquals(0, node.count("am", "refused"));
    } finally {
      broker.stop();
    }
  }

  private Notify settings() {
    Endpoint endpoint = new Endpoint("am", alertmanager.url() + "/", Duration.ofSeconds(5), Map.of(), List.of());
    return new Notify("", Optional.empty(), List.of(), List.of(new Alertmanager(endpoint, Duration.ofSeconds(2))), List.of());
  }

  private static Alert alert(String key, long at, Long endsAt) {
    RaisedAlert raised = new RaisedAlert("burst", "warning", "much", at, 1, at);
    Alert fires = Alerts.of("clicks", key, raised, at + 3_600_000, System.currentTimeMillis());
    return endsAt == null ? fires : new Alert(fires.id() + "r", "resolved", fires.pipeline(), fires.rule(), key, fires.severity(), fires.summary(),
        1, at, fires.windowEnd(), at, endsAt, System.currentTimeMillis(), fires.fingerprint(), fires.episode(), Map.of(), "", null, null);
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "{'name':'rule','value':'burst','isRegex':false,'isEqual':true}",
      "{'name':'rule','value':'burst','isRegex':false}",
      "{'name':'rule','value':'bur','isRegex':true,'isEqual':true}",
      "{'name':'rule','value':'bur.*|x','isRegex':true,'isEqual':true}",
      "{'name':'rule','value':'b|urst','isRegex':true,'isEqual':true}",
      "{'name':'rule','value':'(','isRegex':true,'isEqual':true}",
      "{'name':'rule','value':'','isRegex':false,'isEqual':true}",
      "{'name':'key','value':'a.b','isRegex':true,'isEqual':true}",
      "{'name':'a b','value':'x','isRegex':false,'isEqual':true}",
      "{'name':'other','value':'x','isRegex':false,'isEqual':false}",
      "{'name':'other','value':'x','isRegex':false,'isEqual':false},{'name':'rule','value':'.+','isRegex':true,'isEqual':true}",
      "{'name':'rule','value':'quiet','isRegex':false,'isEqual':false},{'name':'key','value':'.+','isRegex':true,'isEqual':true}",
      "{'name':'rule','value':'.*','isRegex':true,'isEqual':true}",
      "{'name':'severity','value':'critical|info','isRegex':true,'isEqual':false},{'name':'rule','value':'burst','isRegex':false,'isEqual':true}",
      ""})
  void silencesMeanTheSame(String matchers) {
    Instant now = Instant.now();
    Map<String, String> labels = new TreeMap<>(Map.of("rule", "burst", "key", "a\nb", "severity", "info"));
    String alert = ("[{'labels':{'rule':'burst','key':'a\\nb','severity':'info'},'endsAt':'" + now.plusSeconds(300) + "'}]").replace('\'', '"');
    assertEquals(200, alertmanager.ask("POST", "/api/v2/alerts", alert).statusCode());
    String silence = ("{'matchers':[" + matchers + "],'startsAt':'" + now + "','endsAt':'" + now.plusSeconds(60) + "','createdBy':'me','comment':'c'}")
        .replace('\'', '"');
    assertEquals(theirs(silence), ours(silence, labels), silence);
  }

  private String theirs(String silence) {
    HttpResponse<String> answer = alertmanager.ask("POST", "/api/v2/silences", silence);
    if (answer.statusCode() != 200) {
      return "refused";
    }
    String path = "/api/v2/silence/" + answer.body().replaceAll(".*:\"|\".*", "").strip();
    Await.until("it is active", PATIENCE, () -> "active".equals(alertmanager.json(path).at("/status/state").textValue()));
    boolean heard = alertmanager.json("/api/v2/alerts?filter=severity%3D%22info%22").at("/0/status/silencedBy").isEmpty();
    assertEquals(200, alertmanager.ask("DELETE", path, "").statusCode());
    return heard ? "heard" : "muted";
  }

  private static String ours(String silence, Map<String, String> labels) {
    Silences silences = Silences.open(new TableInMemory(), InstantSource.system()).toCompletableFuture().join();
    try {
      silences.set(SilenceJson.read(silence.getBytes(StandardCharsets.UTF_8))).toCompletableFuture().join();
    } catch (BadSilence bad) {
      return "refused";
    }
    return silences.muting(labels).isEmpty() ? "heard" : "muted";
  }
}
