package io.hourglass.ingest;

import akka.actor.typed.ActorRef;
import io.hourglass.entity.KeyProtocol.Advance;
import io.hourglass.entity.KeyProtocol.Advanced;
import io.hourglass.entity.KeyProtocol.Answer;
import io.hourglass.entity.KeyProtocol.Durable;
import io.hourglass.entity.KeyProtocol.Observe;
import io.hourglass.entity.KeyProtocol.Persist;
import io.hourglass.window.KeyWindows;
import io.hourglass.window.Observation;
import io.hourglass.window.Source;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What an ingester tells the keys of its partition, and what it waits to hear from them. Everything told
 * names what it follows and belongs to a run; a new run begins when what was told is in doubt.
 */
final class Conversation {
  /** So many keys are told at a time that may not be in memory: one that people ask for waits behind them. */
  private static final int MAX_UNACCEPTED = 64;
  /** One batch in so many is acknowledged by every key in it. */
  private static final int ACKNOWLEDGED_BATCHES = 16;
  /** Reading waits for a key that has not taken in a batch for so long. */
  private static final Duration MOST_LAG = Duration.ofSeconds(1);
  /** A question may be lost while its shard moves, and the key with it while the journal is away: it is asked again. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(3);
  /** A key that lost something is told again at this pace until it has accepted: its shard may be on its way. */
  private static final Duration TELL_AGAIN = Duration.ofMillis(500);
  /** So many observations are told again: more are read again. */
  private static final int MOST_AGAIN = 5_000;
  /** So many are told in one message: it must not be too large for the network. */
  private static final int MOST_AT_ONCE = 500;
  /** What is told carries its run and, in these bits, the sweep that ran; every answer repeats both. */
  private static final int SWEEP_BITS = 20;
  private static final long SWEEP = (1L << SWEEP_BITS) - 1;

  private final Surroundings world;
  private final Source source;
  private final ActorRef<Answer> answers;
  private final DirtyKeys dirty;
  private final PartitionTime time;
  private final Sweep sweep;
  private final Paths paths = new Paths();
  private final Outstanding unaccepted = new Outstanding();
  private final Outstanding persists = new Outstanding();
  private final Outstanding closes = new Outstanding();
  private final Recent recent;
  /** Keys that were told again and have not accepted. */
  private final Outstanding toldAgain = new Outstanding();
  private long run = ThreadLocalRandom.current().nextLong(1, 1L << 42) << SWEEP_BITS;
  private int batches;
  private long nextAgain;

  Conversation(Surroundings world, Source source, ActorRef<Answer> answers, DirtyKeys dirty, PartitionTime time, Sweep sweep,
      Recent recent) {
    this.world = world;
    this.source = source;
    this.answers = answers;
    this.dirty = dirty;
    this.time = time;
    this.sweep = sweep;
    this.recent = recent;
  }

  long run() {
    return run;
  }

  /** Whether it is an answer to something that was told in this run. */
  boolean ofThisRun(Answer answer) {
    return (answer.run() & ~SWEEP) == run;
  }

  private boolean ofThisSweep(Answer answer) {
    return (answer.run() & SWEEP) == (sweep.number() & SWEEP);
  }

  private long tag() {
    return run | sweep.number() & SWEEP;
  }

  /**
   * Tells the keys of a batch, of those that may not be in memory only as many as may wait to accept; returns what is left
   * for when they keep up, null when nothing is.
   *
   * @param behind whether much more is to come soon
   */
  Batch observe(Batch batch, boolean behind) {
    batches++;
    Grouping grouping = Grouping.of(batch, Math.max(1, MAX_UNACCEPTED - unaccepted.size()),
        key -> dirty.previous(key) != KeyWindows.NO_PREVIOUS || world.isHere(key), time, world.othersWatermark());
    long now = world.ticks();
    grouping.parts().forEach((key, part) -> observe(key, part, now, behind));
    dirty.moved(grouping.next(), time.own());
    return grouping.rest();
  }

  private void observe(String key, Grouping.Part part, long now, boolean behind) {
    long previous = dirty.previous(key);
    boolean due = previous == KeyWindows.NO_PREVIOUS || batches % ACKNOWLEDGED_BATCHES == 0;
    boolean acknowledge = due && !unaccepted.contains(key);
    if (acknowledge) {
      unaccepted.asked(key, now, sweep.number());
    }
    dirty.sent(key, part.first(), part.last(), part.watermarkBefore(), now);
    send(key, previous, part.observations(), acknowledge, behind);
    recent.told(key, part.observations());
  }

  /** In several messages if they are many, each of which follows the one before. */
  private void send(String key, long previous, List<Observation> observations, boolean acknowledge, boolean behind) {
    long follows = previous;
    for (int from = 0; from < observations.size(); from += MOST_AT_ONCE) {
      int to = Math.min(observations.size(), from + MOST_AT_ONCE);
      List<Observation> some = to - from == observations.size() ? observations : List.copyOf(observations.subList(from, to));
      tell(key, new Observe(tag(), source, follows, some, acknowledge && to == observations.size(), behind, answers));
      follows = observations.get(to - 1).offset();
    }
  }

  /** What follows nothing goes through sharding, which so notices that the key is in use. */
  private void tell(String key, Observe message) {
    boolean past = message.previous() != KeyWindows.NO_PREVIOUS && paths.isShort(key) && world.tellHere(key, message);
    if (!past) {
      paths.sharded(key, message.acknowledge());
      world.tell(key, message);
    }
  }

  /**
   * Tells a key that lost something everything again that is not durable, and asks again what it was asked meanwhile. As
   * everything before that is durable it follows nothing. Returns whether that could be done: else the partition has to go back.
   */
  boolean tellAgain(String key) {
    return toldAgain.contains(key) || repeat(key);
  }

  /** The same for the keys that were told again and have not accepted. */
  boolean tellAgain() {
    List<String> waiting = toldAgain.waitingSince(world.ticks() - TELL_AGAIN.toMillis());
    waiting.forEach(toldAgain::answered);
    return waiting.stream().allMatch(this::repeat);
  }

  private boolean repeat(String key) {
    if (!sendAgain(key)) {
      return dirty.first(key) == KeyWindows.NO_PREVIOUS;
    }
    toldAgain.asked(key, world.ticks(), sweep.number());
    world.toldAgain(key);
    if (persists.contains(key)) {
      persist(key);
    }
    if (sweep.running() || closes.contains(key)) {
      closes.asked(key, world.ticks(), sweep.number());
      close(key, answers);
    }
    return true;
  }

  /** Sends what is not durable of a key again; returns whether it is known, and not too much. */
  private boolean sendAgain(String key) {
    List<Observation> inDoubt = recent.since(key, dirty.first(key)).orElse(List.of());
    if (inDoubt.isEmpty() || inDoubt.size() > MOST_AGAIN) {
      return false;
    }
    unaccepted.asked(key, world.ticks(), sweep.number());
    send(key, KeyWindows.NO_PREVIOUS, inDoubt, true, false);
    return true;
  }

  /** Has the oldest keys that became dirty at or before {@code before} persisted, at most {@code most} at a time. */
  void persist(long before, int most) {
    while (persists.size() < most) {
      DirtyKeys.Due due = dirty.nextToPersist(before);
      if (due == null) {
        return;
      }
      persists.asked(due.key(), world.ticks(), sweep.number());
      persist(due.key());
    }
  }

  /** The watermark goes with the newest offset that the key was told: one that has lost the end of it must not move up. */
  private void persist(String key) {
    world.tell(key, new Persist(tag(), source, dirty.previous(key), watermark(), answers));
  }

  /**
   * Tells a key again, or, if what it was told is too long ago, has it persist: it answers that it has lost something, or that
   * nothing is. When the partition is not behind that is due soon anyway.
   */
  private void askWhatIsSeen(String key, boolean behind) {
    if (!sendAgain(key) && behind && dirty.previous(key) != KeyWindows.NO_PREVIOUS) {
      persist(key);
    }
  }

  /** A key that was not asked to persist, or to persist less, has everything that it was told. */
  void seen(Durable answer) {
    if (answer.offset() >= dirty.previous(answer.key())) {
      unaccepted.answered(answer.key());
    }
  }

  /** Everything below {@code offset} is durable. */
  void durable(long offset) {
    recent.durable(offset);
  }

  /**
   * Asks once more for what has not been answered for long.
   *
   * @param behind whether much more is to come soon
   */
  void askAgain(boolean behind) {
    long now = world.ticks();
    if (now >= nextAgain) {
      nextAgain = now + ASK_AGAIN.toMillis();
      unaccepted.waitingSince(now - ASK_AGAIN.toMillis()).forEach(key -> askWhatIsSeen(key, behind));
      persists.waitingSince(now - ASK_AGAIN.toMillis()).forEach(this::persist);
      closes.waitingSince(now - ASK_AGAIN.toMillis()).forEach(key -> close(key, answers));
    }
  }

  /** The watermark that keys are told. */
  long watermark() {
    return time.effective(world.othersWatermark());
  }

  /** Tells a key to close what is due. */
  void close(String key, ActorRef<Answer> replyTo) {
    world.tell(key, new Advance(tag(), source, dirty.previous(key), watermark(), sweep.clock(), replyTo));
  }

  void accepted(String key) {
    toldAgain.answered(key);
    paths.accepted(key);
    unaccepted.answered(key);
  }

  /** A key has closed what was due, if it was told so since the newest sweep began. */
  void closed(Advanced answer) {
    if (ofThisSweep(answer)) {
      closes.answered(answer.key());
    }
  }

  /** A key that has answered a persist from before the newest sweep is told to close: it may have missed it. */
  void persisted(Durable answer) {
    unaccepted.answered(answer.key());
    persists.answered(answer.key());
    if (dirty.previous(answer.key()) == KeyWindows.NO_PREVIOUS) {
      paths.forget(answer.key());
    }
    if (!ofThisSweep(answer)) {
      closes.asked(answer.key(), world.ticks(), sweep.number());
      close(answer.key(), answers);
    }
  }

  /** Whether everything that a sweep waits for beside its rows has been answered. */
  boolean settledSince(int sweepNumber) {
    return !persists.askedBefore(sweepNumber) && closes.size() == 0;
  }

  /** Whether the keys keep up with reading. */
  boolean keepsUp() {
    return unaccepted.size() < MAX_UNACCEPTED && !unaccepted.waitsSince(world.ticks() - MOST_LAG.toMillis());
  }

  /** Whether an answer has been waited for since {@code before} or longer. */
  boolean waitsSince(long before) {
    return unaccepted.waitsSince(before) || persists.waitsSince(before) || closes.waitsSince(before);
  }

  /** What is waited for, for people. */
  String waiting() {
    return unaccepted.size() + " batches, " + persists.size() + " persists, " + closes.size() + " closes wait";
  }

  /** Forgets what was told and heard, and begins a new run at the commit. */
  void startOver() {
    dirty.rewind();
    time.back(dirty.watermark());
    sweep.back(time.effective());
    recent.startOver(dirty.position());
    toldAgain.clear();
    paths.clear();
    unaccepted.clear();
    persists.clear();
    closes.clear();
    run += SWEEP + 1;
  }
}
