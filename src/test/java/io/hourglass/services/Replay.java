package io.hourglass.services;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Sends a file of JSON lines ({@code .ndjson}, {@code .ndjson.gz}) to a topic at full speed, in order, each line once.
 *
 * <p>The record key is a field of the line, the value is the line. A replay that was cut off can {@link #goOn}: as each
 * partition holds a prefix of the lines that belong to it, its end offset says how many of them to leave out.
 */
public final class Replay {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final String topic;
  private final String bootstrap;
  private String keyField = "key";
  private boolean goOn;
  private LongConsumer progress = sent -> {};

  public Replay(Path file, String topic, String bootstrap) {
    this.file = file;
    this.topic = topic;
    this.bootstrap = bootstrap;
  }

  public Replay keyField(String name) {
    keyField = name;
    return this;
  }

  /** Leaves out what the topic holds already, on the understanding that nothing else was written to it. */
  public Replay goOn() {
    goOn = true;
    return this;
  }

  /** Told how many lines Kafka has acknowledged, or had before. */
  public Replay progress(LongConsumer listener) {
    progress = listener;
    return this;
  }

  /** How many lines the file has. */
  public long size() {
    try (var lines = open()) {
      return lines.lines().count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends all of it and returns when Kafka has acknowledged all of it; the number of lines sent now. */
  public long send() {
    var done = new AtomicLong();
    var failure = new AtomicReference<Exception>();
    var sent = 0L;
    try (var producer = producer(); var lines = open()) {
      var held = held(producer.partitionsFor(topic).size());
      for (var line = lines.readLine(); line != null && failure.get() == null; line = lines.readLine()) {
        var key = key(line);
        var partition = Utils.toPositive(Utils.murmur2(key)) % held.length; // as Kafka's own partitioner
        if (held[partition]-- > 0) {
          progress.accept(done.incrementAndGet());
          continue;
        }
        sent++;
        producer.send(new ProducerRecord<>(topic, partition, key, line.getBytes(StandardCharsets.UTF_8)),
            (metadata, e) -> {
              if (e != null) {
                failure.compareAndSet(null, e);
              } else {
                progress.accept(done.incrementAndGet());
              }
            });
      }
      producer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (failure.get() != null) {
      throw new ServerFailure("Replay of " + file.getFileName() + " to " + topic, failure.get());
    }
    return sent;
  }

  private byte[] key(String line) throws IOException {
    return JSON.readTree(line).path(keyField).asText().getBytes(StandardCharsets.UTF_8);
  }

  /** How many records each partition holds; all zero when they do not matter. */
  private long[] held(int partitions) {
    if (!goOn) {
      return new long[partitions];
    }
    var all = IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(topic, p)).toList();
    try (var consumer = new KafkaConsumer<>(Map.<String, Object>of("bootstrap.servers", bootstrap),
        new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var ends = consumer.endOffsets(all);
      return all.stream().mapToLong(ends::get).toArray();
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
        ProducerConfig.ACKS_CONFIG, "all",
        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
        ProducerConfig.LINGER_MS_CONFIG, 20,
        ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024,
        ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private BufferedReader open() throws IOException {
    var bytes = Files.newInputStream(file);
    return new BufferedReader(new InputStreamReader(
        file.toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes, StandardCharsets.UTF_8), 1 << 16);
  }
}
