package io.hourglass.bootstrap;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.hourglass.services.Services;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The Kubernetes API over HTTPS with some pods in it, for one who holds the token; notes what it was asked for. */
final class PodServer implements AutoCloseable {
  static final String NAMESPACE = "hours";
  private static final String TOKEN = "token-of-the-service-account";

  private static final Logger EVERY_REQUEST = Logger.getLogger(MockWebServer.class.getName());

  private final Set<String> asked = new ConcurrentSkipListSet<>();
  private final KubernetesMockServer server =
      new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), new Pods(), true);
  private final Path tokenFile;

  /** A running pod at each place with the label {@code app=hourglass}, and one of another application. */
  PodServer(List<ThreeNodes.Place> places) {
    EVERY_REQUEST.setLevel(Level.WARNING);
    server.init();
    try (KubernetesClient client = server.createClient(builder -> builder.editOrNewConfig().withOauthToken(TOKEN).endConfig())) {
      for (ThreeNodes.Place place : places) {
        client.pods().inNamespace(NAMESPACE).resource(pod("hourglass", place)).create();
      }
      client.pods().inNamespace(NAMESPACE).resource(pod("other", new ThreeNodes.Place("127.0.0.9", 1, 2, 3))).create();
    }
    asked.clear();
    tokenFile = Services.directory("token");
    try {
      Files.writeString(tokenFile, TOKEN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Pod pod(String app, ThreeNodes.Place place) {
    return new PodBuilder()
        .withNewMetadata().withName(app + "-" + place.host().replace('.', '-')).withNamespace(NAMESPACE).addToLabels("app", app).endMetadata()
        .withNewSpec().addNewContainer().withName(app)
        .addNewPort().withName("http").withContainerPort(place.http()).endPort()
        .addNewPort().withName("management").withContainerPort(place.management()).endPort()
        .endContainer().endSpec()
        .withNewStatus().withPhase("Running").withPodIP(place.host())
        .addNewContainerStatus().withName(app).withNewState().withNewRunning().endRunning().endState().endContainerStatus().endStatus()
        .build();
  }

  /** What the nodes have asked for: {@code GET /api/v1/namespaces/…/pods}. */
  Set<String> asked() {
    return Set.copyOf(asked);
  }

  String host() {
    return "localhost"; // what the certificate is for
  }

  int port() {
    return server.getPort();
  }

  Path authority() {
    return Path.of(server.getSelfSignedCertificate().certificatePath());
  }

  Path token() {
    return tokenFile;
  }

  @Override
  public void close() {
    server.destroy();
  }

  /** As the library has it, which leaves out the content type and lets everybody in. */
  private final class Pods extends KubernetesCrudDispatcher {
    @Override
    public MockResponse dispatch(RecordedRequest request) {
      asked.add(request.getMethod() + " " + request.getPath().replaceFirst("\\?.*", ""));
      return ("Bearer " + TOKEN).equals(request.getHeader("Authorization"))
          ? super.dispatch(request).setHeader("Content-Type", "application/json")
          : new MockResponse().setResponseCode(401);
    }
  }
}
