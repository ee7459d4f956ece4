package io.hourglass.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docker/ and k8s/ tell a node is something it can be told. */
class DeploymentFilesTest {
  private static final Pattern VARIABLE = Pattern.compile("\\bHOURGLASS_[A-Z_]+");

  /** A variable that nobody reads is not noticed by a node. */
  @Test
  void everyVariableIsASetting() throws IOException {
    Set<String> known = variables(Path.of("src/main/resources/reference.conf"));
    Set<String> used = new TreeSet<>(variables(Path.of("docker/Dockerfile")));
    used.addAll(variables(Path.of("docker/health")));
    used.addAll(variables(Path.of("docker/compose.yaml")));
    for (Path manifest : manifests()) {
      used.addAll(variables(manifest));
    }
    assertFalse(used.isEmpty());
    used.removeAll(known);
    assertEquals(Set.of(), used);
  }

  @ParameterizedTest
  @ValueSource(strings = {"docker/pipelines.conf", "k8s/overlays/trial/pipelines.conf", "k8s/overlays/production/pipelines.conf"})
  void pipelinesWork(String file) {
    List<Pipeline> pipelines = SettingsReader.read(ConfigSource.load(Path.of(file).toFile())).pipelines();
    assertEquals(List.of("clicks"), pipelines.stream().map(Pipeline::name).toList());
  }

  private static Set<String> variables(Path file) throws IOException {
    return new TreeSet<>(VARIABLE.matcher(Files.readString(file)).results().map(MatchResult::group).toList());
  }

  private static List<Path> manifests() throws IOException {
    try (Stream<Path> all = Stream.concat(Files.walk(Path.of("k8s/base")),
        Stream.concat(Files.walk(Path.of("k8s/components")), Files.walk(Path.of("k8s/overlays"))))) {
      return all.filter(file -> file.toString().endsWith(".yaml")).toList();
    }
  }
}
