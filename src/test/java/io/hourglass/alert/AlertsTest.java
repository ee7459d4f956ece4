package io.hourglass.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hourglass.window.Oddness;
import io.hourglass.window.RaisedAlert;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertsTest {
  private static final RaisedAlert RAISED = new RaisedAlert("burst", "warning", "k: 7", 0, 7, 1_000);
  private static final RaisedAlert ENDED =
      new RaisedAlert("burst", "warning", "k: 7", 0, 7, 1_000, 3_600_000L, "", "much of it", Map.of("team", "web"), new Oddness(0.75, 3, 0.5), 900L);

  @Test
  void theSameChangeHasTheSameIdWheneverItIsEmitted() {
    Alert once = Alerts.of("clicks", "k", RAISED, 3_600_000, 1);
    Alert again = Alerts.of("clicks", "k", RAISED, 3_600_000, 2);
    assertEquals(once.id(), again.id());
    assertTrue(once.id().matches("[0-9a-f]{32}"), once.id());
  }

  @Test
  void resolvedIsAnotherChangeOfTheSameAlert() {
    Alert firing = Alerts.of("clicks", "k", RAISED, 3_600_000, 1);
    Alert resolved = Alerts.of("clicks", "k", ENDED, 3_600_000, 2);
    assertNotEquals(firing.id(), resolved.id());
    assertEquals(firing.episode(), resolved.episode());
    assertNull(firing.endsAt());
    assertEquals(3_600_000, resolved.endsAt());
  }

  @Test
  void everyFiringIsAnEpisodeOfItsOwnAndTheLabelsNameThemAll() {
    RaisedAlert first = new RaisedAlert("burst", "warning", "", 0, 7, 1_000, null, "t-0/7", "", Map.of(), null, null);
    RaisedAlert second = new RaisedAlert("burst", "warning", "", 0, 7, 1_000, null, "t-0/9", "", Map.of(), null, null);
    assertNotEquals(Alerts.of("clicks", "k", first, 3_600_000, 1).id(), Alerts.of("clicks", "k", second, 3_600_000, 1).id());
    assertEquals(Alerts.of("clicks", "k", first, 3_600_000, 1).fingerprint(), Alerts.of("clicks", "k", second, 3_600_000, 1).fingerprint());
    assertNotEquals(Alerts.of("clicks", "k", first, 3_600_000, 1).fingerprint(), Alerts.of("clicks", "k", ENDED, 3_600_000, 1).fingerprint());
  }

  @Test
  void partsDoNotRunTogether() {
    Alert one = Alerts.of("clicks", "ab", RAISED, 3_600_000, 1);
    RaisedAlert other = new RaisedAlert("bursta", "warning", "", 0, 7, 1_000);
    assertNotEquals(one.id(), Alerts.of("clicks", "b", other, 3_600_000, 1).id());
  }

  /** Values of {@code model.LabelSet.Fingerprint} (prometheus/common, signature_test.go). */
  @Test
  void fingerprintIsAlertmanagers() {
    assertEquals(String.format("%016x", Long.parseUnsignedLong("14695981039346656037")), Fingerprint.of(Map.of()));
    assertEquals(
        String.format("%016x", 5799056148416392346L),
        Fingerprint.of(Map.of("name", "garland, briggs", "fear", "love is not enough")));
  }

  @Test
  void whatIsStoredIsReadAgainWithFieldsOfLaterVersions() throws IOException {
    Alert alert = Alerts.of("clicks", "ключ \" \n", ENDED, 3_600_000, 2);
    assertEquals(alert, AlertRecord.read(AlertRecord.write(alert)));
    String later = new String(AlertRecord.write(alert), StandardCharsets.UTF_8).replaceFirst("\\{", "{\"new\":1,");
    assertEquals(alert, AlertRecord.read(later.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void whatAnEarlierReleaseStoredIsRead() throws IOException {
    String flat = "{'id':'i','status':'firing','pipeline':'clicks','rule':'r','key':'k','severity':'warning','summary':'s','value':'NaN','windowStart':0,"
        + "'windowEnd':3600000,'startsAt':5,'endsAt':null,'emittedAt':9,'fingerprint':'f'}";
    assertEquals(new Alert("i", "firing", "clicks", "r", "k", "warning", "s", Double.NaN, 0, 3_600_000, 5, null, 9, "f", "i", Map.of(), "", null, null),
        AlertRecord.read(flat.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    for (String bad : new String[] {"{}", "[]", "{\"labels\":{}}", "7", "", "{\"labels\":7,\"id\":\"i\"}"}) {
      assertThrows(IOException.class, () -> AlertRecord.read(bad.getBytes(StandardCharsets.UTF_8)), bad);
    }
  }

  /** What stands in the topic is what subscribers get. */
  @Test
  void theTopicHoldsFrames() throws IOException {
    Alert alert = Alerts.of("clicks", "k", ENDED, 3_600_000, 2);
    ObjectMapper json = new ObjectMapper();
    ObjectNode frame = (ObjectNode) json.readTree(AlertJson.frame(alert, new Position("0a1b2c3d", 1)));
    ObjectNode stored = (ObjectNode) json.readTree(AlertRecord.write(alert));
    assertEquals(alert.episode(), stored.remove("episode").asText());
    assertEquals(frame.remove("alertId"), stored.get("id"));
    assertEquals(frame.put("id", alert.id()), stored);
  }

  @Test
  void anItemIsAFrameWithoutTypeAndItsIdIsTheAlerts() {
    Alert alert = Alerts.of("clicks", "k", new RaisedAlert("r", "warning", "", 0, Double.NaN, 1), 3_600_000, 1);
    assertEquals(alert.id(), AlertJson.item(alert, Mark.NONE).get("id").asText());
    assertTrue(AlertJson.item(alert, Mark.NONE).get("value").isNull());
    assertNull(AlertJson.item(alert, Mark.NONE).get("type"));
  }

  @Test
  void aPositionIsReadAsItIsWritten() {
    Position position = new Position("0a1b2c3d", 42);
    assertEquals(position, Position.parse(position.toString()));
    assertEquals(Position.EARLIEST, new Position("0a1b2c3d", -1).toString());
    for (String bad : new String[] {"", "42", "0a1b2c3d-", "0a1b2c3d--1", "0A1B2C3D-1", "0a1b2c3d-9999999999999999999"}) {
      assertThrows(IllegalArgumentException.class, () -> Position.parse(bad), bad);
    }
  }
}
