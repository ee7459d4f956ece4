package io.hourglass.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.typesafe.config.ConfigFactory;
import io.hourglass.settings.Pipeline;
import io.hourglass.store.Samples;
import io.hourglass.window.KeyResult;
import io.hourglass.window.SeenOffset;
import io.hourglass.window.Source;
import io.hourglass.window.WindowResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadYourWritesTest {
  private static final Pipeline CLICKS = Samples.hourly("clicks", "UTC");
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(100);

  private final ActorTestKit kit = ActorTestKit.create(
      ConfigFactory.parseString("akka.actor.provider = local, akka.loglevel = WARNING").withFallback(ConfigFactory.load()));
  private final Map<Integer, Long> seen = new ConcurrentHashMap<>();
  private final Map<Integer, Long> durable = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final LiveKeys live = new LiveKeys() {
    @Override
    public CompletionStage<Optional<KeyResult>> key(Pipeline pipeline, String key, boolean durableOnly) {
      asked.incrementAndGet();
      return CompletableFuture.completedFuture(seen.isEmpty() ? Optional.empty() : Optional.of(held()));
    }

    @Override
    public CompletionStage<Optional<WindowResult>> rolling(Pipeline pipeline, String key, long length, boolean durableOnly) {
      throw new UnsupportedOperationException("not asked");
    }
  };
  private final PipelineStatus status = new PipelineStatus() {
    @Override
    public CompletionStage<List<PartitionStatus>> partitions(Pipeline pipeline) {
      return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public OptionalLong durableBelow(Pipeline pipeline, int partition) {
      return durable.containsKey(partition) ? OptionalLong.of(durable.get(partition)) : OptionalLong.empty();
    }
  };
  private final ReadYourWrites writes = new ReadYourWrites(live, status, kit.system());

  private KeyResult held() {
    return new KeyResult(seen.entrySet().stream().map(each -> new SeenOffset(new Source("T", each.getKey()), each.getValue())).toList(),
        0, List.of(), List.of(), 0);
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private CompletableFuture<Boolean> reached(String at, Duration timeout) {
    return writes.reached(CLICKS, "a", false, ReadPoint.parse(at), timeout).toCompletableFuture();
  }

  @Test
  void waitsUntilTheKeyHasSeenIt() {
    seen.put(0, 16L);
    assertFalse(reached("T-0:17", SHORT).join());
    CompletableFuture<Boolean> waiting = reached("T-0:17", LONG);
    seen.put(0, 17L);
    assertTrue(waiting.join());
    assertTrue(reached("T-0:16", SHORT).join());
    assertFalse(reached("other-0:16", SHORT).join(), "another topic of that name is another source");
  }

  @Test
  void whatNoKeySeesIsWaitedForUntilItIsDurable() {
    seen.put(1, 3L);
    durable.put(0, 17L);
    assertFalse(reached("T-0:17,T-1:3", SHORT).join());
    CompletableFuture<Boolean> waiting = reached("T-0:17,T-1:3", LONG);
    durable.put(0, 18L);
    assertTrue(waiting.join());
  }

  @Test
  void aKeyThatIsNotNamedHasNothingToWaitForAndIsNotAsked() {
    ReadPoint.Writing writing = new ReadPoint.Writing("T");
    writing.wrote("b", 0, 17);
    assertTrue(reached(writing.point().toString(), SHORT).join());
    assertEquals(0, asked.get());
    writing.wrote("a", 0, 4);
    assertFalse(reached(writing.point().toString(), SHORT).join(), "nobody knows the key yet");
    seen.put(0, 4L);
    assertTrue(reached(writing.point().toString(), SHORT).join());
  }
}
