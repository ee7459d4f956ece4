package io.hourglass.peers.streams;

import io.hourglass.peers.Aggregate;
import io.hourglass.peers.Hours;
import io.hourglass.peers.Reading;
import io.hourglass.peers.ReadingParser;
import io.hourglass.peers.Settings;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.WindowedSerdes;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Per key and hour, an aggregate.
 *
 * <p>The record key is the entity key, so nothing is repartitioned; it stays bytes. Grace is what out-of-orderness and
 * allowed lateness are together, as stream time is that of the newest event.
 */
final class HourlyTopology {
  private static final Serde<Reading> READING =
      Serdes.serdeFrom((topic, reading) -> unused(), (topic, bytes) -> ReadingParser.parse(bytes, new Reading()));
  private static final Serde<Aggregate> AGGREGATE = Serdes.serdeFrom(
      (topic, aggregate) -> aggregate == null ? null : aggregate.toBytes(),
      (topic, bytes) -> bytes == null ? null : Aggregate.fromBytes(bytes));

  private HourlyTopology() {}

  static Topology of(Settings settings) {
    var builder = new StreamsBuilder();
    builder.stream(settings.topic(), Consumed.with(Serdes.Bytes(), READING)
            .withTimestampExtractor((record, partitionTime) -> ((Reading) record.value()).timestampMs))
        .groupByKey()
        .windowedBy(TimeWindows.ofSizeAndGrace(Hours.SIZE, Hours.OUT_OF_ORDERNESS.plus(Hours.ALLOWED_LATENESS)))
        .aggregate(Aggregate::new, (key, reading, aggregate) -> aggregate.add(reading.timestampMs, reading.value),
            Materialized.<Bytes, Aggregate, WindowStore<Bytes, byte[]>>as("hours").withKeySerde(Serdes.Bytes())
                .withValueSerde(AGGREGATE).withCachingEnabled())
        .toStream()
        .to(settings.output(), Produced.with(new WindowedSerdes.TimeWindowedSerde<>(Serdes.Bytes(), Hours.SIZE.toMillis()), AGGREGATE));
    return builder.build();
  }

  private static byte[] unused() {
    throw new UnsupportedOperationException("readings are never written");
  }
}
