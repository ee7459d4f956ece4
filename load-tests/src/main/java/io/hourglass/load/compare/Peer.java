package io.hourglass.load.compare;

import io.hourglass.services.Await;
import io.hourglass.services.KafkaBroker;
import io.hourglass.services.Server;
import io.hourglass.services.ServerFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** One of the engines that Hourglass is compared with; its results are in a topic. */
final class Peer implements Engine {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final KafkaBroker kafka;
  private final String run;
  private final String output;
  private final int partitions;
  private final Path work;
  private final PeerProcess process;

  Peer(PeerProgram program, String run, KafkaBroker kafka, String topic, int partitions) {
    this.kafka = kafka;
    this.run = run;
    this.output = run + "-hours";
    this.partitions = partitions;
    this.work = Stage.DATA.resolve(run).resolve("work");
    this.process = new PeerProcess(program, Stage.DATA.resolve(run), Map.of("bootstrap", kafka.bootstrap(), "topic", topic,
        "group", run, "output", output, "work", work.toString(), "mode", program.mode()));
  }

  @Override
  public Server process() {
    return process;
  }

  @Override
  public void start() {
    try {
      Files.createDirectories(work);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    kafka.createTopics(partitions, output);
    process.start();
  }

  @Override
  public boolean reading() {
    return process.isRunning() && process.ready();
  }

  @Override
  public String group() {
    return run;
  }

  @Override
  public long read() {
    return process.read();
  }

  @Override
  public Verdict check(Oracle oracle) {
    try {
      Files.createFile(work.resolve("drain"));
    } catch (IOException e) {
      throw new ServerFailure("The peer cannot be told to hand on the rest", e);
    }
    Await.until(run + " has handed on its results", PATIENCE, () -> process.said("drained"));
    return new PeerResults(kafka.bootstrap(), output).check(oracle);
  }

  @Override
  public void stop() {
    process.stop();
    new Topics(kafka).delete(run);
  }
}
