package io.hourglass.peers.raw;

import io.hourglass.peers.Notice;
import io.hourglass.peers.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A consumer that counts in memory, nothing more: what reading the events and counting them costs at least. Nothing is
 * durable; its commits say only how far it has read.
 */
public final class RawPeer {
  private RawPeer() {}

  public static void main(String[] arguments) throws InterruptedException {
    var settings = Settings.fromSystemProperties();
    var readers = new ArrayList<PartitionsReader>();
    var threads = IntStream.range(0, settings.threads()).mapToObj(index -> {
      var reader = new PartitionsReader(settings, index);
      readers.add(reader);
      return new Thread(reader, "reader-" + index);
    }).toList();
    threads.forEach(Thread::start);
    Notice.awaitDrain(settings.work());
    for (int i = 0; i < threads.size(); i++) {
      readers.get(i).stop();
      threads.get(i).join();
    }
    write(settings, readers);
    Notice.drained();
  }

  private static void write(Settings settings, List<PartitionsReader> readers) {
    var properties = Map.<String, Object>of("bootstrap.servers", settings.bootstrap(), "linger.ms", 20);
    try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      readers.forEach(reader -> reader.results(settings.output(), producer::send));
    }
  }
}
