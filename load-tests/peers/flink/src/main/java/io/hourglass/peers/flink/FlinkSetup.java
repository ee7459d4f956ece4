package io.hourglass.peers.flink;

import io.hourglass.peers.Settings;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;

/** How Flink is set up. */
final class FlinkSetup {
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);

  private FlinkSetup() {}

  /** Objects used over and over instead of copied between operators, no type left to Kryo, state on the heap: there is little. */
  static Configuration of(Settings settings) {
    var setup = new Configuration();
    setup.set(PipelineOptions.OBJECT_REUSE, true);
    setup.set(PipelineOptions.GENERIC_TYPES, false);
    setup.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    setup.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
    setup.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    setup.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    setup.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, settings.work().resolve("checkpoints").toUri().toString());
    setup.set(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION, ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    return setup;
  }
}
