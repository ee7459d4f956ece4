package io.hourglass.ingest;

import akka.Done;
import akka.NotUsed;
import akka.stream.javadsl.Source;
import io.hourglass.entity.KeyProtocol;
import java.util.concurrent.CompletionStage;

/** What an ingester needs of the world, so that a test can be the world. */
public interface Surroundings {

  /** Sends to the entity of a key, wherever it is; at most once. */
  void tell(String key, KeyProtocol.Command command);

  /** Whether a key is in memory on this node. */
  boolean isHere(String key);

  /** Sends to the entity of a key if it is on this node, without sharding; returns whether it is. */
  boolean tellHere(String key, KeyProtocol.Command command);

  /** Notes that a key had lost something and was told again. */
  void toldAgain(String key);

  /** Records of this partition from {@code offset} on, up to {@code target} (exclusive), then completes. */
  Source<Batch, NotUsed> again(long offset, long target);

  /** Whether no record stands from {@code from} to {@code to} (exclusive). */
  CompletionStage<Boolean> empty(long from, long to);

  /** Keys whose windows with start in {@code [from, to)} still say open, as opened by this partition. */
  Source<String, NotUsed> openKeys(long from, long to);

  CompletionStage<Done> commit(long offset, String metadata);

  void report(PartitionReport report);

  /** The least watermark of the pipeline's other partitions, or {@code Long.MAX_VALUE} if they do not matter. */
  long othersWatermark();

  /** Wall clock, epoch milliseconds. It may be set, forward and back. */
  long now();

  /** Milliseconds of a clock that only goes on: for how long something lasts. */
  long ticks();
}
