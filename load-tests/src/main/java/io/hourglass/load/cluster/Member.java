package io.hourglass.load.cluster;

import io.hourglass.services.NodeProcess;
import io.hourglass.services.Port;
import io.hourglass.services.ServerFailure;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A place for a node, with what an orchestrator does: a node that has ended, for whatever reason, is started again. */
final class Member implements AutoCloseable {
  private static final long LOOK_NS = 200_000_000;
  private static final int SLOW_S = 100;

  private final int number;
  private final int http = Port.free();
  private final int management = Port.free();
  private final int remote = Port.free();
  private final Function<Member, NodeProcess> recipe;
  private final Consumer<Member> whenReady;
  private final Consumer<Member> whenSlow;
  private final Thread supervisor = new Thread(this::supervise);
  private final Map<String, Integer> ends = new TreeMap<>();
  private volatile NodeProcess process;
  private volatile boolean wanted;
  private volatile boolean ready;
  private volatile boolean closed;

  /**
   * @param recipe how to start it
   * @param whenReady told when it is ready, before others hear of it
   * @param whenSlow told of a start that takes long, before it is given up
   */
  Member(int number, Function<Member, NodeProcess> recipe, Consumer<Member> whenReady, Consumer<Member> whenSlow) {
    this.number = number;
    this.whenReady = whenReady;
    this.whenSlow = whenSlow;
    this.recipe = recipe;
    supervisor.setName("member-" + number);
    supervisor.setDaemon(true);
    supervisor.start();
  }

  private void supervise() {
    while (!closed) {
      if (wanted && !running()) {
        ready = false;
        startOnce();
      }
      LockSupport.parkNanos(LOOK_NS);
    }
  }

  private void startOnce() {
    try {
      var starting = recipe.apply(this);
      process = starting;
      CompletableFuture.delayedExecutor(SLOW_S, TimeUnit.SECONDS).execute(() -> {
        if (process == starting && !ready && starting.isRunning()) {
          whenSlow.accept(this);
        }
      });
      process.start();
      whenReady.accept(this);
      ready = true;
      process.onExit().thenAccept(this::ended);
    } catch (ServerFailure | IllegalStateException failure) {
      if (wanted) {
        count("did not start");
        Screen.say("node %d: %s", number, failure.getMessage().lines().findFirst().orElse(""));
      }
    }
  }

  private void ended(int code) {
    ready = false;
    count("exit code " + code);
  }

  private synchronized void count(String how) {
    ends.merge(how, 1, Integer::sum);
  }

  /** How often it ended and how: code 137 is a kill, 143 a SIGTERM, 2 that it was put out of the cluster or stood still. */
  synchronized String ends() {
    return "- node " + number + " ended: " + (ends.isEmpty() ? "never" : ends.entrySet().stream()
        .map(end -> end.getKey() + " × " + end.getValue()).collect(Collectors.joining(", "))) + "\n";
  }

  void want(boolean running) {
    wanted = running;
  }

  boolean wanted() {
    return wanted;
  }

  int number() {
    return number;
  }

  int http() {
    return http;
  }

  int management() {
    return management;
  }

  int remote() {
    return remote;
  }

  /** Has said that it is ready, and runs. */
  boolean ready() {
    return ready && running();
  }

  boolean running() {
    return process != null && process.isRunning();
  }

  NodeProcess process() {
    return process;
  }

  URI api() {
    return URI.create("http://" + Place.node(number) + ":" + http);
  }

  void kill() {
    if (process != null) {
      process.kill();
    }
  }

  /** Ends it for good, or until it is wanted again. */
  void stop() {
    wanted = false;
    if (process != null) {
      process.stop();
    }
  }

  @Override
  public void close() {
    closed = true;
    stop();
  }
}
