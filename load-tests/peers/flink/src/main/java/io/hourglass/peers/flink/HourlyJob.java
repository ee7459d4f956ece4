package io.hourglass.peers.flink;

import io.hourglass.peers.Hours;
import io.hourglass.peers.Reading;
import io.hourglass.peers.Settings;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Per key and hour, an aggregate, handed on when the window closes. */
final class HourlyJob {
  /**
   * How far a partition may be ahead of the slowest. The watermark is the least of all partitions'; without a bound, those
   * with fewer events of an hour run away, windows stay open for them, and what is late for them is not late for the job.
   */
  private static final Duration DRIFT = Duration.ofMinutes(30);
  private static final Duration ALIGN_EVERY = Duration.ofMillis(100);
  /** More than a checkpoint interval, less than the most that Kafka allows: 15 min. */
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(10);
  private static final TypeInformation<Tuple2<byte[], byte[]>> RECORD = Types.TUPLE(
      PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  private HourlyJob() {}

  static void define(StreamExecutionEnvironment environment, Settings settings) {
    environment.fromSource(source(settings), watermarks(), "events", ReadingSerializer.TYPE)
        .keyBy(reading -> reading.key, Types.STRING)
        .window(TumblingEventTimeWindows.of(Hours.SIZE))
        .allowedLateness(Hours.ALLOWED_LATENESS)
        .aggregate(new Aggregation(), new ClosedWindow(), AggregateSerializer.TYPE, RECORD)
        .sinkTo(sink(settings));
  }

  private static KafkaSource<Reading> source(Settings settings) {
    return KafkaSource.<Reading>builder().setBootstrapServers(settings.bootstrap()).setTopics(settings.topic())
        .setGroupId(settings.group()).setStartingOffsets(OffsetsInitializer.earliest())
        .setProperty("max.poll.records", "5000").setDeserializer(new ReadingDeserializer()).build();
  }

  private static WatermarkStrategy<Reading> watermarks() {
    return WatermarkStrategy.<Reading>forBoundedOutOfOrderness(Hours.OUT_OF_ORDERNESS)
        .withTimestampAssigner((reading, recordTime) -> reading.timestampMs)
        .withWatermarkAlignment("partitions", DRIFT, ALIGN_EVERY);
  }

  private static KafkaSink<Tuple2<byte[], byte[]>> sink(Settings settings) {
    var topic = settings.output();
    return KafkaSink.<Tuple2<byte[], byte[]>>builder().setBootstrapServers(settings.bootstrap())
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE).setTransactionalIdPrefix(settings.group())
        .setProperty("transaction.timeout.ms", Long.toString(TRANSACTION_TIMEOUT.toMillis()))
        .setProperty("linger.ms", "100").setProperty("batch.size", Integer.toString(256 << 10)).setProperty("compression.type", "lz4")
        .setRecordSerializer((record, context, timestamp) -> new ProducerRecord<>(topic, record.f0, record.f1)).build();
  }
}
