package io.hourglass.manifests;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.lang.reflect.InvocationTargetException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every field of every object is one that Kubernetes knows, and the required ones are there. */
class FieldsTest {
  @TestFactory
  Stream<DynamicTest> knownFieldsOnly() {
    return Rendered.all().stream().flatMap(rendered -> rendered.objects().stream().map(object -> DynamicTest.dynamicTest(
        rendered + " " + object.get("kind").getAsString(), () -> assertDoesNotThrow(() -> validate(object)))));
  }

  /** What a person mistypes; a check that lets one of them pass is no check. */
  @TestFactory
  Stream<DynamicTest> aSpoiledObjectIsNoticed() {
    return Stream.of(
        spoiled("a field that there is not", "Deployment", it -> spec(it).addProperty("minReadySecond", 30)),
        spoiled("a field at the wrong depth", "Deployment", it -> spec(it).addProperty("terminationGracePeriodSeconds", 120)),
        spoiled("a mistyped field of a container", "Deployment", it -> container(it).add("livenesProbe", container(it).remove("livenessProbe"))),
        spoiled("a required field left out", "Deployment", it -> spec(it).remove("selector")),
        spoiled("a mistyped field of a policy", "NetworkPolicy", it -> spec(it).add("policyType", spec(it).remove("policyTypes"))),
        spoiled("a mistyped field of a budget", "PodDisruptionBudget", it -> spec(it).addProperty("maxUnavailible", 1)));
  }

  private static DynamicTest spoiled(String what, String kind, Consumer<JsonObject> spoil) {
    return DynamicTest.dynamicTest(what, () -> {
      JsonObject object = Rendered.all().get(0).one(kind, "hourglass").deepCopy();
      assertDoesNotThrow(() -> validate(object));
      spoil.accept(object);
      assertThrows(IllegalArgumentException.class, () -> validate(object));
    });
  }

  private static JsonObject spec(JsonObject object) {
    return object.getAsJsonObject("spec");
  }

  private static JsonObject container(JsonObject deployment) {
    return Rendered.at(deployment, "spec", "template", "spec", "containers", 0).getAsJsonObject();
  }

  /** @throws IllegalArgumentException an unknown field, or a required one that is missing */
  private static void validate(JsonObject object) throws Throwable {
    try {
      model(object).getMethod("validateJsonElement", JsonElement.class).invoke(null, object);
    } catch (InvocationTargetException wrong) {
      throw wrong.getCause();
    }
  }

  /** {@code apps/v1 Deployment} is {@code V1Deployment}, {@code autoscaling/v2} {@code V2HorizontalPodAutoscaler}. */
  private static Class<?> model(JsonObject object) throws ClassNotFoundException {
    String version = object.get("apiVersion").getAsString().replaceAll("^.*/", "");
    String prefix = Character.toUpperCase(version.charAt(0)) + version.substring(1);
    return Class.forName("io.kubernetes.client.openapi.models." + prefix + object.get("kind").getAsString());
  }
}
