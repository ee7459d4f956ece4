package io.hourglass.peers.flink;

import io.hourglass.peers.Aggregate;
import io.hourglass.peers.Output;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.windowing.WindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** A closed window as the key and the value of a record. */
final class ClosedWindow implements WindowFunction<Aggregate, Tuple2<byte[], byte[]>, String, TimeWindow> {
  @Override
  public void apply(String key, TimeWindow window, Iterable<Aggregate> aggregates, Collector<Tuple2<byte[], byte[]>> out) {
    out.collect(Tuple2.of(Output.key(key, window.getStart()), aggregates.iterator().next().toBytes()));
  }
}
