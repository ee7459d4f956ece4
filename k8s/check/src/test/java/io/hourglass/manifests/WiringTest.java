package io.hourglass.manifests;

import static io.hourglass.manifests.Rendered.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What no schema says: that the objects of an installation fit together. */
class WiringTest {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Z_]+)\\)");

  static List<Rendered> installations() {
    return Rendered.all();
  }

  @ParameterizedTest
  @MethodSource("installations")
  void servicesFindPods(Rendered all) {
    all.ofKind("Service").forEach(service -> {
      Set<String> labels = all.objects().stream().map(each -> at(each, "spec", "template", "metadata", "labels"))
          .filter(each -> each != null).map(JsonElement::toString).collect(Collectors.toSet());
      assertTrue(labels.contains(at(service, "spec", "selector").toString()), () -> service + " finds none of " + labels);
    });
  }

  @ParameterizedTest
  @MethodSource("installations")
  void everyMentionedPortHasThatName(Rendered all) {
    JsonObject container = container(all);
    Set<String> ports = elements(container.getAsJsonArray("ports")).map(each -> at(each, "name").getAsString()).collect(Collectors.toSet());
    Stream.of("startupProbe", "livenessProbe", "readinessProbe")
        .forEach(probe -> assertEquals("management", at(container, probe, "httpGet", "port").getAsString()));
    Stream.of("hourglass", "hourglass-nodes").map(name -> all.one("Service", name))
        .flatMap(service -> elements(at(service, "spec", "ports").getAsJsonArray()))
        .forEach(port -> assertTrue(ports.contains(at(port, "targetPort").getAsString()), port::toString));
  }

  /** Generated ConfigMaps have a name of their own for each content. */
  @ParameterizedTest
  @MethodSource("installations")
  void configMapsAreThere(Rendered all) {
    all.one("ConfigMap", at(container(all), "envFrom", 0, "configMapRef", "name").getAsString());
    all.one("ConfigMap", at(pod(all), "volumes", 0, "configMap", "name").getAsString());
  }

  /** {@code $(NAME)} is replaced only when NAME stands before it. */
  @ParameterizedTest
  @MethodSource("installations")
  void variablesStandBeforeTheirUse(Rendered all) {
    Set<String> known = new HashSet<>();
    elements(container(all).getAsJsonArray("env")).forEach(variable -> {
      Matcher reference = REFERENCE.matcher(variable.toString());
      while (reference.find()) {
        assertTrue(known.contains(reference.group(1)), () -> variable + " after " + known);
      }
      known.add(at(variable, "name").getAsString());
    });
  }

  /** Nodes that ask the Kubernetes API may look at pods, no more; nodes that do not may not even ask. */
  @ParameterizedTest
  @MethodSource("installations")
  void onlyTheRightsThatDiscoveryNeeds(Rendered all) {
    String environment = at(container(all), "envFrom", 0, "configMapRef", "name").getAsString();
    boolean asks = at(all.one("ConfigMap", environment), "data", "HOURGLASS_DISCOVERY").getAsString().equals("kubernetes-api");
    List<String> rules = all.ofKind("Role").map(role -> at(role, "rules").toString()).toList();
    assertEquals(asks ? List.of("[{\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"verbs\":[\"get\",\"list\",\"watch\"]}]") : List.of(), rules);
    assertEquals(asks ? 1 : 0, all.ofKind("RoleBinding").count());
    assertEquals(asks, at(pod(all), "automountServiceAccountToken").getAsBoolean());
    assertFalse(all.objects().stream().anyMatch(each -> each.get("kind").getAsString().startsWith("ClusterRole")));
  }

  private static JsonElement pod(Rendered all) {
    return at(all.one("Deployment", "hourglass"), "spec", "template", "spec");
  }

  private static JsonObject container(Rendered all) {
    return at(pod(all), "containers", 0).getAsJsonObject();
  }

  private static Stream<JsonElement> elements(JsonArray array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
