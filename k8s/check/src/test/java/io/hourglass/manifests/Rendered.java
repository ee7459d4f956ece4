package io.hourglass.manifests;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The objects of one installation, as {@code kubectl kustomize} has rendered them. */
record Rendered(String name, List<JsonObject> objects) {
  private static final Path DIRECTORY = Path.of("target/rendered");

  /** Of every file below {@code target/rendered}; the script {@code run} makes them. */
  static List<Rendered> all() {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.sorted().map(Rendered::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(DIRECTORY + ": no rendered manifests (expected: started by k8s/check/run)", e);
    }
  }

  private static Rendered read(Path file) {
    try {
      Iterable<Object> documents = new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(Files.readString(file));
      Gson gson = new Gson();
      return new Rendered(file.getFileName().toString(), StreamSupport.stream(documents.spliterator(), false)
          .map(each -> gson.toJsonTree(each).getAsJsonObject()).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Stream<JsonObject> ofKind(String kind) {
    return objects.stream().filter(each -> each.get("kind").getAsString().equals(kind));
  }

  /** The only object of that kind and name. */
  JsonObject one(String kind, String name) {
    List<JsonObject> found = ofKind(kind).filter(each -> at(each, "metadata", "name").getAsString().equals(name)).toList();
    if (found.size() != 1) {
      throw new AssertionError(this.name + ": " + found.size() + " of " + kind + "/" + name + " (expected: 1)");
    }
    return found.get(0);
  }

  /** The value below names and, for lists, indices; null when there is none. */
  static JsonElement at(JsonElement element, Object... path) {
    JsonElement now = element;
    for (Object step : path) {
      if (now == null) {
        return null;
      }
      now = step instanceof Integer index ? now.getAsJsonArray().get(index) : now.getAsJsonObject().get((String) step);
    }
    return now;
  }

  @Override
  public String toString() {
    return name;
  }
}
