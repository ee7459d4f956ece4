package io.hourglass.peers.flink;

import io.hourglass.peers.Notice;
import io.hourglass.peers.Settings;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Flink in this JVM, exactly once: windows on the heap, a checkpoint to a local directory every ten seconds, closed windows
 * to the output topic. Asked for the rest it stops with a savepoint that drains: event time ends, every window closes.
 */
public final class FlinkPeer {
  private FlinkPeer() {}

  public static void main(String[] arguments) throws Exception {
    var settings = Settings.fromSystemProperties();
    var environment = StreamExecutionEnvironment.createLocalEnvironment(settings.threads(), FlinkSetup.of(settings));
    HourlyJob.define(environment, settings);
    var job = environment.executeAsync("hours");
    job.getJobExecutionResult().whenComplete((result, failure) -> {
      if (failure != null) {
        failure.printStackTrace();
        Runtime.getRuntime().halt(1);
      }
    });
    Notice.awaitDrain(settings.work());
    job.stopWithSavepoint(true, settings.work().resolve("savepoint").toUri().toString(), SavepointFormatType.NATIVE).get();
    job.getJobExecutionResult().get();
    Notice.drained();
  }
}
