package io.hourglass.peers.flink;

import io.hourglass.peers.Reading;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** An event on its way to the thread that holds its key: key, time, value, nothing else. */
public final class ReadingSerializer extends TypeSerializerSingleton<Reading> {
  static final TypeInformation<Reading> TYPE = new CompactType<>(Reading.class, new ReadingSerializer());

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public Reading createInstance() {
    return new Reading();
  }

  @Override
  public Reading copy(Reading from) {
    return copy(from, new Reading());
  }

  @Override
  public Reading copy(Reading from, Reading reuse) {
    reuse.key = from.key;
    reuse.timestampMs = from.timestampMs;
    reuse.value = from.value;
    return reuse;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(Reading reading, DataOutputView target) throws IOException {
    StringValue.writeString(reading.key, target);
    target.writeLong(reading.timestampMs);
    target.writeDouble(reading.value);
  }

  @Override
  public Reading deserialize(DataInputView source) throws IOException {
    return deserialize(new Reading(), source);
  }

  @Override
  public Reading deserialize(Reading reuse, DataInputView source) throws IOException {
    reuse.key = StringValue.readString(source);
    reuse.timestampMs = source.readLong();
    reuse.value = source.readDouble();
    return reuse;
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public TypeSerializerSnapshot<Reading> snapshotConfiguration() {
    return new Snapshot();
  }

  /** There is one form only. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Reading> {
    public Snapshot() {
      super(ReadingSerializer::new);
    }
  }
}
