package io.hourglass.gatling;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The events: JSON of about 150 bytes, whose record key is the entity key and whose time is when they are sent. */
final class Events {
  /** The pipeline that the stream goes to. */
  static final String HOT = "hot";
  /** The pipeline whose keys were filled once, and have left memory but for the last. */
  static final String COLD = "cold";
  /** Of the field {@code bytes}: beyond it the rule fires. */
  static final int SPIKE = 1_000_000;

  private Events() {}

  static String key(int number) {
    return "host-" + (10_000_000 + number) + ".example.net";
  }

  /** @param timestampMs epoch milliseconds */
  static ProducerRecord<byte[], byte[]> event(String topic, String key, long timestampMs, int bytes) {
    String json = "{\"ts\":" + timestampMs + ",\"host\":\"" + key + "\",\"bytes\":" + bytes
        + ",\"user\":\"u100042\",\"path\":\"/products/4711/reviews\",\"status\":200,\"agent\":\"Mozilla\"}";
    return new ProducerRecord<>(topic, utf8(key), utf8(json));
  }

  /** @param lingerMs how long a record waits for others to go with */
  static KafkaProducer<byte[], byte[]> producer(String bootstrap, int lingerMs) {
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap, "linger.ms", lingerMs, "batch.size", 64 << 10,
        "buffer.memory", 64L << 20);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
