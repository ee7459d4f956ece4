package io.hourglass.peers.flink;

import io.hourglass.peers.Aggregate;
import io.hourglass.peers.Reading;
import org.apache.flink.api.common.functions.AggregateFunction;

/** Takes an event into a window's aggregate, in its place. */
final class Aggregation implements AggregateFunction<Reading, Aggregate, Aggregate> {
  @Override
  public Aggregate createAccumulator() {
    return new Aggregate();
  }

  @Override
  public Aggregate add(Reading reading, Aggregate aggregate) {
    return aggregate.add(reading.timestampMs, reading.value);
  }

  @Override
  public Aggregate getResult(Aggregate aggregate) {
    return aggregate;
  }

  /** Windows that do not move are never merged. */
  @Override
  public Aggregate merge(Aggregate one, Aggregate other) {
    throw new UnsupportedOperationException();
  }
}
