package io.hourglass.peers.streams;

import io.hourglass.peers.Settings;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** How Kafka Streams is set up: {@code default} leaves all that exactly-once does not ask for as it comes, {@code tuned} does not. */
final class StreamsSetup {
  private static final long CACHE_BYTES = 256L << 20;
  private static final long COMMIT_MS = 10_000;

  private StreamsSetup() {}

  static Properties of(Settings settings) {
    var properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.group());
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrap());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.work().resolve("state").toString());
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    switch (settings.mode()) {
      case "default" -> { }
      case "tuned" -> tune(properties);
      default -> throw new IllegalArgumentException("mode: " + settings.mode() + " (expected: default or tuned)");
    }
    return properties;
  }

  /**
   * Many updates of a window become one write: the cache holds every open window, and what is in it goes to RocksDB,
   * changelog and output topic every ten seconds. What is sent then is sent in large batches.
   */
  private static void tune(Properties properties) {
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MS);
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SmallRocks.class);
    properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 10_000);
    properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 5_000);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 256 << 10);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 100);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 60_000); // more than a commit interval
  }
}
