package io.hourglass.peers.streams;

import io.hourglass.peers.Notice;
import io.hourglass.peers.Settings;
import org.apache.kafka.streams.KafkaStreams;

/** Kafka Streams, exactly once: windows in state stores that Kafka keeps the changes of, every update to the output topic. */
public final class StreamsPeer {
  private StreamsPeer() {}

  public static void main(String[] arguments) throws InterruptedException {
    var settings = Settings.fromSystemProperties();
    var streams = new KafkaStreams(HourlyTopology.of(settings), StreamsSetup.of(settings));
    streams.setUncaughtExceptionHandler(failure -> {
      failure.printStackTrace();
      Runtime.getRuntime().halt(1);
      return null;
    });
    streams.start();
    Notice.awaitDrain(settings.work());
    streams.close();
    Notice.drained();
  }
}
