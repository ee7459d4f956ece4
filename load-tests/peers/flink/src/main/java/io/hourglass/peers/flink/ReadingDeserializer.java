package io.hourglass.peers.flink;

import io.hourglass.peers.Reading;
import io.hourglass.peers.ReadingParser;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record as an event. One object serves for all: the next operator writes it down at once. */
final class ReadingDeserializer implements KafkaRecordDeserializationSchema<Reading> {
  private transient Reading reading;

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Reading> out) {
    if (reading == null) {
      reading = new Reading();
    }
    reading.key = new String(record.key(), StandardCharsets.ISO_8859_1);
    out.collect(ReadingParser.parse(record.value(), reading));
  }

  @Override
  public TypeInformation<Reading> getProducedType() {
    return ReadingSerializer.TYPE;
  }
}
