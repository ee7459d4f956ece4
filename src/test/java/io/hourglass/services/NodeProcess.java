package io.hourglass.services;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Hourglass node in a JVM of its own, as users run it: the jar, system properties, environment.
 *
 * <pre>{@code
 * var node = new NodeProcess("node-1", directory).services(kafka, cassandra).ports(8080, 8558, 25520)
 *     .configuration(Checkout.path("conf/demo.conf")).property("hourglass.cassandra.create-schema", "on");
 * node.start();
 * node.api(); // http://127.0.0.1:8080
 * }</pre>
 */
public final class NodeProcess extends Server {
  private static final String READY = "Hourglass is ready: ";
  private static final String MAIN = "io.hourglass.app.Main";

  private final Map<String, String> properties = new LinkedHashMap<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final List<String> through = new ArrayList<>();
  private final List<String> options = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();
  private String classPath = Checkout.path("target/hourglass.jar").toString();
  private Duration startTimeout = Duration.ofSeconds(120);
  private Duration stopTimeout = Duration.ofSeconds(60);

  /** A node whose log is {@code <directory>/<name>.log}; the name tells several nodes apart. */
  public NodeProcess(String name, Path directory) {
    super(name, directory);
  }

  /** Another jar than {@code target/hourglass.jar}; its manifest names the rest of the class path. */
  public NodeProcess jar(Path jar) {
    classPath = jar.toAbsolutePath().toString();
    return this;
  }

  /** A class path instead of the jar, {@code dir/*} allowed. */
  public NodeProcess classPath(String path) {
    classPath = path;
    return this;
  }

  /** The compiled classes instead of the jar: for a run that has not come to Maven's {@code package} phase. */
  public NodeProcess classes() {
    return classPath(Checkout.path("target/classes") + File.pathSeparator + Checkout.path("target/lib") + "/*");
  }

  /** {@code -Dconfig.file}. */
  public NodeProcess configuration(Path file) {
    return property("config.file", file.toAbsolutePath().toString());
  }

  public NodeProcess property(String name, String value) {
    properties.put(name, value);
    return this;
  }

  public NodeProcess properties(Map<String, String> all) {
    properties.putAll(all);
    return this;
  }

  public NodeProcess environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Where Kafka and Cassandra are. */
  public NodeProcess services(String kafka, String cassandra) {
    return environment("HOURGLASS_KAFKA", kafka).environment("HOURGLASS_CASSANDRA", cassandra);
  }

  public NodeProcess services(KafkaBroker kafka, CassandraServer cassandra) {
    return services(kafka.bootstrap(), cassandra.address());
  }

  public NodeProcess ports(int http, int management, int remote) {
    return environment("HOURGLASS_HTTP_PORT", Integer.toString(http))
        .environment("HOURGLASS_MANAGEMENT_PORT", Integer.toString(management))
        .environment("HOURGLASS_REMOTE_PORT", Integer.toString(remote));
  }

  /** Three ports that are free now. */
  public NodeProcess freePorts() {
    return ports(Port.free(), Port.free(), Port.free());
  }

  /** JVM options: {@code -Xmx512m}, {@code -agentlib:…}. */
  public NodeProcess options(String... jvmOptions) {
    options.addAll(List.of(jvmOptions));
    return this;
  }

  /** A command in front of {@code java} that ends in it, such as {@code ip netns exec node-1}. */
  public NodeProcess through(String... command) {
    through.addAll(List.of(command));
    return this;
  }

  public NodeProcess arguments(String... mainArguments) {
    arguments.addAll(List.of(mainArguments));
    return this;
  }

  public NodeProcess timeouts(Duration start, Duration stop) {
    startTimeout = start;
    stopTimeout = stop;
    return this;
  }

  @Override
  protected JvmCommand command() {
    return new JvmCommand(MAIN).classPath(classPath).through(through).options(options)
        .options(properties.entrySet().stream().map(entry -> "-D" + entry.getKey() + "=" + entry.getValue()).toList())
        .environment(environment).arguments(arguments);
  }

  @Override
  protected boolean ready() {
    return readyLine().isPresent();
  }

  /** Where its API is, as it said itself when it became ready. */
  public URI api() {
    return readyLine().map(line -> line.substring(line.indexOf(READY) + READY.length()).strip())
        .map(URI::create).orElseThrow(() -> new IllegalStateException(name() + " is not ready"));
  }

  private Optional<String> readyLine() {
    return log().line(READY);
  }

  @Override
  protected Duration startTimeout() {
    return startTimeout;
  }

  @Override
  protected Duration stopTimeout() {
    return stopTimeout;
  }
}
