package io.hourglass.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * What {@code mvn -Pdemo} and {@code mvn -Pdev} run: a Kafka, a Cassandra and a node, with {@code -Dnodes=3} three, in
 * the demo also the sample streams, until Ctrl-C or SIGTERM stops all of it.
 *
 * <p>Runs inside Maven's own JVM; the servers are its children.
 */
public final class Demo {
  private final Screen screen = Screen.standard();
  private final DemoSettings settings;
  private final Stack stack;

  private Demo(DemoSettings settings) {
    this.settings = settings;
    this.stack = new Stack(settings, screen);
  }

  public static void main(String[] arguments) throws InterruptedException {
    Demo demo = null;
    try {
      demo = new Demo(DemoSettings.read(List.of(arguments), System.getenv(), properties()));
      demo.run();
    } catch (ServerFailure e) {
      if (demo == null || !demo.stack.isStopping()) {
        System.out.println(System.lineSeparator() + e.getMessage());
        System.exit(1);
      }
    }
    new CountDownLatch(1).await();
  }

  private static Map<String, String> properties() {
    return System.getProperties().stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, System::getProperty));
  }

  private void run() {
    screen.say("");
    screen.say("Hourglass %s. Ctrl-C stops everything; data and logs are in %s", settings.replay() ? "demo" : "dev",
        Checkout.shown(settings.data()));
    var lock = lock(settings.data());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(lock), "demo-stop"));
    stack.start();
    stack.nodes().forEach(node -> screen.say("Hourglass is ready: %s", node.api()));
    var api = stack.nodes().get(0).api();
    if (settings.replay()) {
      var node = new NodeApi(api);
      new SampleStreams(settings.data(), stack.kafka().bootstrap(), node, screen).replay();
      Invitation.demo(api).forEach(screen::say);
      node.alerts().ifPresent(count -> screen.say("Alerts so far: %,d", count));
    } else {
      Invitation.dev(api, stack.kafka().bootstrap()).forEach(screen::say);
    }
  }

  private void stop(FileLock lock) {
    stack.stop();
    try {
      lock.channel().close();
    } catch (IOException e) {
      // the end of this JVM gives it back
    }
  }

  /** Two launchers on the same data would spoil it. */
  private static FileLock lock(Path data) {
    try {
      Files.createDirectories(data);
      var file = FileChannel.open(data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      var lock = file.tryLock();
      if (lock == null) {
        throw new ServerFailure("Another demo is running on " + Checkout.shown(data)
            + ". Stop it, or set HOURGLASS_DATA to another directory (and other ports).");
      }
      return lock;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
