package io.hourglass.peers.flink;

import io.hourglass.peers.Aggregate;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A window's aggregate in a checkpoint: 64 bytes. */
public final class AggregateSerializer extends TypeSerializerSingleton<Aggregate> {
  static final TypeInformation<Aggregate> TYPE = new CompactType<>(Aggregate.class, new AggregateSerializer());

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public Aggregate createInstance() {
    return new Aggregate();
  }

  @Override
  public Aggregate copy(Aggregate from) {
    return from.copy();
  }

  @Override
  public Aggregate copy(Aggregate from, Aggregate reuse) {
    return from.copyTo(reuse);
  }

  @Override
  public int getLength() {
    return Aggregate.SIZE;
  }

  @Override
  public void serialize(Aggregate aggregate, DataOutputView target) throws IOException {
    target.write(aggregate.toBytes());
  }

  @Override
  public Aggregate deserialize(DataInputView source) throws IOException {
    var bytes = new byte[Aggregate.SIZE];
    source.readFully(bytes);
    return Aggregate.fromBytes(bytes);
  }

  @Override
  public Aggregate deserialize(Aggregate reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    target.write(source, Aggregate.SIZE);
  }

  @Override
  public TypeSerializerSnapshot<Aggregate> snapshotConfiguration() {
    return new Snapshot();
  }

  /** There is one form only. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Aggregate> {
    public Snapshot() {
      super(AggregateSerializer::new);
    }
  }
}
