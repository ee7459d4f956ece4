package io.hourglass.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import com.typesafe.config.ConfigFactory;
import io.hourglass.entity.KeyProtocol.Command;
import io.hourglass.rule.Rules;
import io.hourglass.settings.Pipeline;
import io.hourglass.store.Samples;
import io.hourglass.window.Watch;
import io.hourglass.window.WindowShare;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Keys that come to memory, or leave it, while a question for all of them is on its way. */
class LocalWindowsTest {
  private static final ActorTestKit KIT = ActorTestKit.create("local", ConfigFactory.parseString(
      "akka { actor.provider = local, coordinated-shutdown.exit-jvm = off, loglevel = OFF }").withFallback(ConfigFactory.load()));
  private static final Pipeline CLICKS = Samples.hourly("clicks", "UTC");
  private static final long FIVE = 5 * 3_600_000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final LocalKeys local = new LocalKeys();
  private final LocalWindows windows = new LocalWindows(KIT.system(), CLICKS, new KeyEntity.Kind("clicks", CLICKS.keys(), each -> Watch.NONE,
      (key, items) -> CompletableFuture.completedFuture(Done.getInstance()), new NothingDurable(), () -> { }, here -> { }, local, Rules::learn, 50), null);
  private final TestProbe<Command> entity = KIT.createTestProbe();
  private final TestProbe<Command> other = KIT.createTestProbe();
  private final long tenure = entity.ref().path().parent().uid();
  private final Tenures all = new Tenures(IntStream.range(0, CLICKS.shards()).boxed().collect(Collectors.toMap(Function.identity(), shard -> tenure)), Set.of());
  /** By key; −1: nothing of that window. */
  private final Map<String, Long> counts = new ConcurrentHashMap<>();

  @AfterAll
  static void end() {
    KIT.shutdownTestKit();
  }

  private void told(String key, WindowShare share) {
    counts.putIfAbsent(key, share == null ? -1 : share.count());
  }

  private void leaves(String key, TestProbe<Command> from) {
    local.left(key, from.ref(), RestingKeysTest.key(0, 5));
  }

  private static <A> A of(CompletionStage<A> told) throws Exception {
    return told.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  /** A question on its way while {@code meanwhile} happens; nobody is silent. */
  private void asked(Runnable meanwhile) throws Exception {
    local.here("slow", entity.ref());
    CompletionStage<LocalWindows.Collected> answer = windows.collect(FIVE, all, this::told, PATIENCE);
    WindowPoll.Look look = entity.expectMessageClass(WindowPoll.Look.class);
    meanwhile.run();
    look.poll().answer(look.place(), "slow", null);
    assertEquals(new LocalWindows.Collected(List.of(), Set.of(Shards.of("slow", CLICKS.shards()))), of(answer));
  }

  @Test
  void aKeyThatIsWokenDuringTheQuestionIsTold() throws Exception {
    local.here("woken", other.ref());
    leaves("woken", other);
    asked(() -> local.here("woken", other.ref()));
    assertEquals(Map.of("slow", -1L, "woken", 1L), counts);
  }

  @Test
  void aKeyThatLeavesAndIsWokenDuringTheQuestionIsTold() throws Exception {
    local.here("restless", other.ref());
    asked(() -> {
      leaves("restless", other);
      local.here("restless", KIT.<Command>createTestProbe().ref());
    });
    assertEquals(Map.of("slow", -1L, "restless", 1L), counts);
  }

  @Test
  void aKeyAskedAloneThatLeavesBeforeItsTurnIsToldFromWhereItRests() throws Exception {
    local.here("a", entity.ref());
    CompletionStage<Void> answer = windows.one("a", tenure, FIVE, this::told, PATIENCE);
    entity.expectMessageClass(WindowPoll.Look.class);
    leaves("a", entity);
    of(answer);
    assertEquals(Map.of("a", 1L), counts);
  }

  @Test
  void aKeyThatRestsByNowIsNotReadFromTheJournal() throws Exception {
    local.here("a", entity.ref());
    leaves("a", entity);
    of(windows.one("a", tenure, FIVE, this::told, PATIENCE));
    assertEquals(Map.of("a", 1L), counts);
  }

  @Test
  void whatRestsSinceAnEarlierTenureIsNotToldAndMakesRoom() throws Exception {
    local.here("a", entity.ref());
    leaves("a", entity);
    Map<Integer, Long> later = all.held().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue() + 1));
    of(windows.collect(FIVE, new Tenures(later, Set.of(3)), this::told, PATIENCE));
    assertEquals(1, local.resting().all().size(), "as long as a shard is silent it may be the one");
    of(windows.collect(FIVE, new Tenures(later, Set.of()), this::told, PATIENCE));
    assertEquals(Map.of(), counts);
    assertEquals(List.of(), local.resting().all());
  }
}
