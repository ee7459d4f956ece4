package io.hourglass.load;

import io.hourglass.services.KafkaBroker;
import io.hourglass.services.ServerFailure;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;

/** Writes the events of a run to a topic, as JSON; the record key is the entity key. */
final class Filling {
  private final KafkaBroker kafka;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private long bytes;

  Filling(KafkaBroker kafka) {
    this.kafka = kafka;
  }

  /** Returns the mean size of a value in bytes, when Kafka has acknowledged all of them. */
  long fill(String topic, Options options) {
    kafka.createTopics(options.partitions(), topic);
    var settings = Map.<String, Object>of("bootstrap.servers", kafka.bootstrap(),
        "linger.ms", 20, "batch.size", 128 << 10, "buffer.memory", 64L << 20);
    try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      new Events(options).forEach((key, timestampMs, size, user, path) -> {
        var value = json(Events.key(key), timestampMs, size, user, path);
        bytes += value.length;
        producer.send(new ProducerRecord<>(topic, utf8(Events.key(key)), value), (written, thrown) -> failed(thrown));
      });
    }
    if (failure.get() != null) {
      throw new ServerFailure("Kafka did not take every event", failure.get());
    }
    return bytes / options.events();
  }

  /** One event for each key, a minute of event time after those of the round before. */
  void once(String topic, int keys, int round) {
    all(topic, IntStream.range(0, keys).mapToObj(key -> new Plain(Events.key(key), Events.startMs(0) + 60_000L * (round + 1), 500)));
  }

  /** An event that is as every other but for these. */
  record Plain(String key, long timestampMs, int bytes) {}

  /** Returns when Kafka has acknowledged all of them. */
  void all(String topic, Stream<Plain> events) {
    var settings = Map.<String, Object>of("bootstrap.servers", kafka.bootstrap(), "linger.ms", 20, "batch.size", 128 << 10);
    try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      events.forEach(event -> producer.send(new ProducerRecord<>(topic, utf8(event.key()), json(event.key(), event.timestampMs(), event.bytes(), "u1", "/")),
          (written, thrown) -> failed(thrown)));
    }
    if (failure.get() != null) {
      throw new ServerFailure("Kafka did not take every event", failure.get());
    }
  }

  /** Where the producer puts a key. */
  static int partition(String key, int partitions) {
    return Utils.toPositive(Utils.murmur2(utf8(key))) % partitions;
  }

  private void failed(Exception thrown) {
    if (thrown != null) {
      failure.compareAndSet(null, thrown);
    }
  }

  private static byte[] json(String key, long timestampMs, int size, String user, String path) {
    return utf8("{\"ts\":" + timestampMs + ",\"host\":\"" + key + "\",\"bytes\":" + size + ",\"user\":\"" + user
        + "\",\"path\":\"" + path + "\",\"status\":200}");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
