package io.hourglass.services;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How to start a child JVM: options, class path, main class, arguments, environment.
 *
 * <p>The class path travels in the environment, which keeps command lines short enough to read in {@code ps}. The child
 * is tied to this JVM by {@link Tether}, and deaf to a terminal's Ctrl-C: the launcher alone hears it and stops its
 * children in order.
 */
public final class JvmCommand {
  private static final boolean UNIX = File.separatorChar == '/';

  private final String mainClass;
  private final List<String> through = new ArrayList<>();
  private final List<String> options = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private Path javaHome = Path.of(System.getProperty("java.home"));
  private Path directory = Checkout.path("");
  private String classPath = "";

  public JvmCommand(String mainClass) {
    this.mainClass = mainClass;
  }

  public JvmCommand javaHome(Path home) {
    javaHome = home;
    return this;
  }

  public JvmCommand directory(Path workingDirectory) {
    directory = workingDirectory;
    return this;
  }

  public JvmCommand classPath(String path) {
    classPath = path;
    return this;
  }

  /** A command that runs the rest of its line in its own place, such as {@code ip netns exec node-1}. */
  public JvmCommand through(List<String> command) {
    through.addAll(command);
    return this;
  }

  public JvmCommand options(List<String> jvmOptions) {
    options.addAll(jvmOptions);
    return this;
  }

  public JvmCommand options(String... jvmOptions) {
    return options(List.of(jvmOptions));
  }

  public JvmCommand arguments(List<String> mainArguments) {
    arguments.addAll(mainArguments);
    return this;
  }

  public JvmCommand arguments(String... mainArguments) {
    return arguments(List.of(mainArguments));
  }

  public JvmCommand environment(Map<String, String> variables) {
    environment.putAll(variables);
    return this;
  }

  /** Starts it; standard output and standard error are appended to the log. */
  public Process start(Path log) {
    var builder = new ProcessBuilder(line()).directory(directory.toFile()).redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    builder.environment().put("CLASSPATH", classPath + File.pathSeparator + tether());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> line() {
    var line = new ArrayList<String>();
    if (UNIX) {
      line.addAll(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
    }
    line.addAll(through);
    line.add(javaHome.resolve("bin").resolve("java").toString());
    line.addAll(options);
    line.add(Tether.class.getName());
    line.add(mainClass);
    line.addAll(arguments);
    return line;
  }

  /** A directory with nothing but the tether in it, so that no test class gets onto a server's class path. */
  private static synchronized Path tether() {
    var root = Checkout.path("target/services/tether");
    var resource = Tether.class.getName().replace('.', '/') + ".class";
    try (var bytes = Tether.class.getClassLoader().getResourceAsStream(resource)) {
      var target = root.resolve(resource);
      Files.createDirectories(target.getParent());
      var fresh = Files.createTempFile(target.getParent(), "tether", null);
      Files.copy(bytes, fresh, StandardCopyOption.REPLACE_EXISTING);
      Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
      return root;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
