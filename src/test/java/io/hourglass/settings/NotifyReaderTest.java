package io.hourglass.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.ConfigFactory;
import io.hourglass.settings.Notify.Alertmanager;
import io.hourglass.settings.Notify.Endpoint;
import io.hourglass.settings.Notify.Inhibition;
import io.hourglass.settings.Notify.Webhook;
import io.hourglass.silence.Matcher;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotifyReaderTest {

  @Test
  void nobodyIsSentAnythingUnlessNamed() {
    Notify notify = read("");
    assertFalse(notify.wanted());
    assertEquals(Optional.empty(), notify.externalUrl());
    assertEquals("hourglass.notify", notify.topic());
  }

  @Test
  void aWebhookHasTheDefaultsOfItsKind() {
    assertEquals(List.of(new Webhook(new Endpoint("ops", "http://h/x", Duration.ofSeconds(10), Map.of(), List.of()), List.of("rule"),
        Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofHours(4), true, 1_000, Optional.empty())),
        read("webhooks.ops.url = \"http://h/x\"").webhooks());
  }

  @Test
  void everythingCanBeSaid() {
    Notify notify = read("""
        webhook-defaults.group-wait = 1s
        webhooks.ops { url = "https://h", group-by = [severity, rule], secret = s, headers { Authorization = "Bearer x" }, match { rule = "a|b" } }
        alertmanagers.am { url = "http://h:9093/am", resend-after = 10s }
        inhibitions = [{ pipeline = p, source = a, target = b }, { pipeline = p, source = b, target = c }]""");
    Webhook ops = notify.webhooks().get(0);
    assertEquals(List.of("rule", "severity"), ops.groupBy());
    assertEquals(Duration.ofSeconds(1), ops.groupWait());
    assertEquals(Optional.of("s"), ops.secret());
    assertEquals(Map.of("Authorization", "Bearer x"), ops.endpoint().headers());
    assertEquals(List.of(new Matcher("rule", "a|b", true, true)), ops.endpoint().match());
    assertEquals(List.of(new Alertmanager(new Endpoint("am", "http://h:9093/am", Duration.ofSeconds(10), Map.of(), List.of()),
        Duration.ofSeconds(10))), notify.alertmanagers());
    assertEquals(new Inhibition("p", "b", "c"), notify.inhibitions().get(1));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
      "webhooks.a {} | webhooks.a.url: missing (expected: http://… or https://…)",
      "webhooks.a.url = \"ftp://x\" | webhooks.a.url: ftp://x (expected: http://… or https://…)",
      "webhooks.a { url = \"http://x\", group-bye = [] } | webhooks.a.group-bye: [] (expected: no such key; there is group-by, group-interval, "
          + "group-wait, headers, match, max-alerts, repeat-interval, secret, send-resolved, timeout, url)",
      "webhooks.a { url = \"http://x\", group-by = [a-b] } | webhooks.a.group-by: [\"a-b\"] (expected: labels' names, or ... for all)",
      "webhooks.a { url = \"http://x\", group-interval = 0s } | webhooks.a.group-interval: 0s (expected: from 1s to 1d)",
      "webhooks.a { url = \"http://x\", match { rule = \"(\" } } | webhooks.a.match.rule: ( (expected: a regular expression as RE2 has it: missing closing ))",
      "webhooks.\"a b\".url = \"http://x\" | webhooks.\"a b\": a b (expected: letters, digits, - and _, 64 at most)",
      "webhooks.a.url = \"http://x\", alertmanagers.a.url = \"http://x\" | alertmanagers.a: a (expected: a name that no other receiver has)",
      "inhibitions = 1 | inhibitions: 1 (expected: a list of { pipeline = …, source = <rule>, target = <rule> })",
      "inhibitions = [{ pipeline = p, source = a }] | inhibitions[0].target: missing (expected: letters, digits, - and _, 64 at most)",
      "inhibitions = [{ pipeline = p, source = a, target = a }] | inhibitions: p/a (expected: a rule that does not mute itself, by a detour or not)",
      "web-hooks {} | web-hooks: {} (expected: no such key; there is alertmanager-defaults, alertmanagers, external-url, inhibitions, topic, "
          + "webhook-defaults, webhooks)"})
  void saysWhatIsWrong(String conf, String fault) {
    assertEquals(List.of("hourglass.notify." + fault), assertThrows(BadSettings.class, () -> read(conf)).faults());
  }

  @Test
  void aCycleIsSaidOfEachRuleInIt() {
    List<String> faults = assertThrows(BadSettings.class, () -> read(
        "inhibitions = [{ pipeline = p, source = a, target = b }, { pipeline = p, source = b, target = a }]")).faults();
    assertEquals(2, faults.size());
  }

  private static Notify read(String notify) {
    return SettingsReader.read(ConfigFactory.parseString("hourglass.notify {\n" + notify + "\n}")
        .withFallback(ConfigFactory.defaultReferenceUnresolved()).resolve()).notifications();
  }
}
