package io.hourglass.trial;

import io.hourglass.query.DryRuns;
import io.hourglass.rule.RuleSpec;
import io.hourglass.settings.Pipeline;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.InterruptException;

/** Dry runs over the pipeline's topic, one at a time on a thread of their own: nothing else waits for them. */
public final class TopicDryRuns implements DryRuns {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int WAITING = 4;

  private final Supplier<Consumer<byte[], byte[]>> open;
  private final ThreadPoolExecutor thread = new ThreadPoolExecutor(0, 1, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), work -> {
    Thread daemon = new Thread(work, "dry-run");
    daemon.setDaemon(true);
    return daemon;
  });

  /** @param open a consumer without a group, for one run */
  public TopicDryRuns(Supplier<Consumer<byte[], byte[]>> open) {
    this.open = open;
  }

  @Override
  public CompletionStage<Outcome> run(Pipeline pipeline, RuleSpec rule, int events) {
    return CompletableFuture.supplyAsync(() -> runNow(pipeline, rule, events), thread);
  }

  private Outcome runNow(Pipeline pipeline, RuleSpec rule, int events) {
    DryRun run = new DryRun(pipeline, rule);
    long deadline = System.nanoTime() + 2 * PATIENCE.toNanos();
    try (Consumer<byte[], byte[]> consumer = open.get()) {
      new NewestRecords(consumer, PATIENCE).read(pipeline.topic(), events, run::read);
      return run.outcome(deadline);
    } catch (TimeoutException | org.apache.kafka.common.errors.TimeoutException | InterruptException late) {
      throw new CompletionException(new TimeoutException(late.getMessage()));
    }
  }
}
