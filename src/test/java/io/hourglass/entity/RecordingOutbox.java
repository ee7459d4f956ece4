package io.hourglass.entity;

import akka.Done;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** An outbox that notes what it is given and, when held, leaves it to the test when that has left. */
final class RecordingOutbox implements Outbox {

  /** One call. @param persisted how many events were durable when it came */
  record Sending(String key, List<Item> items, int persisted, CompletableFuture<Done> done) {
    void succeed() {
      done.complete(Done.getInstance());
    }

    void fail() {
      done.completeExceptionally(new IllegalStateException("away"));
    }
  }

  private final IntSupplier persisted;
  private final BlockingQueue<Sending> sendings = new LinkedBlockingQueue<>();
  private volatile boolean held;

  RecordingOutbox(IntSupplier persisted) {
    this.persisted = persisted;
  }

  RecordingOutbox hold() {
    held = true;
    return this;
  }

  RecordingOutbox release() {
    held = false;
    sendings.forEach(Sending::succeed);
    sendings.clear();
    return this;
  }

  @Override
  public CompletionStage<Done> send(String key, List<Item> items) {
    Sending sending = new Sending(key, items, persisted.getAsInt(), new CompletableFuture<>());
    if (!held) {
      sending.succeed();
    }
    sendings.add(sending);
    return sending.done();
  }

  Sending next() {
    try {
      Sending next = sendings.poll(5, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing was sent");
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Everything sent since last asked. */
  List<Item> items() {
    List<Sending> all = new ArrayList<>();
    sendings.drainTo(all);
    return all.stream().flatMap(each -> each.items().stream()).toList();
  }
}
