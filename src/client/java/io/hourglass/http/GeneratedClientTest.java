package io.hourglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hourglass.client.ApiClient;
import io.hourglass.client.ApiException;
import io.hourglass.client.api.AlertsApi;
import io.hourglass.client.api.ClusterApi;
import io.hourglass.client.api.EventsApi;
import io.hourglass.client.api.KeysApi;
import io.hourglass.client.api.PipelinesApi;
import io.hourglass.client.api.PrometheusApi;
import io.hourglass.client.api.RulesApi;
import io.hourglass.client.api.SilencesApi;
import io.hourglass.client.api.WindowsApi;
import io.hourglass.client.model.Entity;
import io.hourglass.client.model.ListedWindow;
import io.hourglass.client.model.Matcher;
import io.hourglass.client.model.PostableSilence;
import io.hourglass.client.model.Receipt;
import io.hourglass.client.model.Rule;
import io.hourglass.client.model.RuleBody;
import io.hourglass.client.model.TimeMember;
import io.hourglass.client.model.Window;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a program would do with a client that a generator made of the OpenAPI document. */
class GeneratedClientTest {
  private static final OffsetDateTime TEN = OffsetDateTime.parse("1995-08-01T10:00:00Z");

  private static WholeFront front;
  private static ApiClient client;

  @BeforeAll
  static void start() {
    front = new WholeFront();
    client = new ApiClient();
    client.updateBaseUri("http://127.0.0.1:" + front.port());
  }

  @AfterAll
  static void stop() {
    front.close();
  }

  @Test
  void asksForAKey() throws ApiException {
    KeysApi keys = new KeysApi(client);
    assertEquals(List.of("h"), keys.listEntities("clicks", null, 10, null).getItems());
    Entity entity = keys.getEntity("clicks", "h", null, null, "latest");
    assertEquals(Map.of("T-0", 9L), entity.getSeen());
    assertEquals("burst", entity.getAlerts().get(0).getLabels().get("rule"));
    Window window = keys.getWindow("clicks", "h", "1995-08-01T10:00:00Z", null, null, null, null);
    assertEquals(TEN, window.getStart());
    assertEquals(Window.StateEnum.OPEN, window.getState());
    assertNull(window.getClosedBy());
    assertEquals(new BigDecimal("12.5"), window.getMeasures().get("bytes").getAdditionalProperty("sum"));
    assertEquals(List.of(4L, 8L), keys.listWindows("clicks", "h", "window", "1995-08-01T00:00:00+00:00", null, null, null, null, null, null).getItems().stream()
        .map(ListedWindow::getCount).toList());
    assertEquals(60L, keys.getRollingWindow("clicks", "h", "1h", null, null, null).getCount());
  }

  @Test
  void asksForWhatThereIs() throws ApiException {
    assertEquals(2L, new PipelinesApi(client).getPipeline("clicks").getPartitions().get(0).getLag());
    assertEquals("up", new ClusterApi(client).getCluster().getMembers().get(0).getStatus().getValue());
    assertEquals("h", new WindowsApi(client).rankKeys("clicks", "807271200000", "count", null, 5, null).getItems().get(0).getKey());
    assertEquals("burst", new AlertsApi(client).listAlerts("firing", null, null, null, null, null, null, null, null).getItems().get(0).getLabels().get("rule"));
    assertEquals("firing", new AlertsApi(client).getAlert("id1").getLife().get(0).getState().getValue());
    assertEquals("success", new PrometheusApi(client).prometheusLabels().getStatus().getValue());
  }

  @Test
  void postsEvents() throws ApiException {
    Receipt receipt = new EventsApi(client).postEvents("clicks", List.of(Map.of("host", "h", "ts", 0), Map.of("host", "h", "ts", 1)), null, null);
    assertEquals(1, receipt.getAccepted());
    assertEquals(1, receipt.getRejected().get(0).getLine());
  }

  @Test
  void changesARule() throws ApiException {
    RulesApi rules = new RulesApi(client);
    Rule rule = rules.putRule("clicks", "made", new RuleBody().when("window.count > 5").on(RuleBody.OnEnum.CLOSE).labels(Map.of("team", "web")), null);
    assertEquals("window.count > 5", rule.getWhen());
    assertEquals("web", rules.getRule("clicks", "made").getLabels().get("team"));
    rules.deleteRule("clicks", "made");
    assertEquals(404, assertThrows(ApiException.class, () -> rules.getRule("clicks", "made")).getCode());
  }

  @Test
  void silences() throws ApiException {
    SilencesApi silences = new SilencesApi(client);
    String id = silences.setSilence(new PostableSilence().addMatchersItem(new Matcher().name("rule").value("burst").isRegex(false))
        .startsAt(new TimeMember(TEN)).endsAt(new TimeMember(TEN.plusYears(1))).createdBy("me").comment("known")).getSilenceID();
    assertEquals("known", silences.getSilence(id).getComment());
    silences.expireSilence(id);
  }

  @Test
  void hearsWhatIsWrong() {
    ApiException refused = assertThrows(ApiException.class, () -> new KeysApi(client).listEntities("clicks", null, 0, null));
    assertEquals(400, refused.getCode());
    assertTrue(refused.getResponseBody().contains("\"parameter\":\"limit\""), refused.getResponseBody());
  }
}
