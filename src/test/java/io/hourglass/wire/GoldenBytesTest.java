package io.hourglass.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.SerializerWithStringManifest;
import akka.serialization.jackson.JacksonCborSerializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.hourglass.entity.KeyProtocol;
import io.hourglass.gather.Part;
import io.hourglass.gather.Question;
import io.hourglass.ingest.PartitionReport;
import io.hourglass.query.RankedKey;
import io.hourglass.query.Ranking;
import io.hourglass.query.WholeWindow.Missing;
import io.hourglass.window.KeyResult;
import io.hourglass.window.KeySnapshot;
import io.hourglass.window.KeyState;
import io.hourglass.window.KeyWindows;
import io.hourglass.window.KeysTotal;
import io.hourglass.window.Observation;
import io.hourglass.window.Source;
import io.hourglass.window.Watch;
import io.hourglass.window.WindowsAdvanced;
import java.io.IOException;
import java.io.NotSerializableException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is stored can be read by every later version, what is sent arrives as it was: by the serializers that
 * node.conf names. The golden files are never written again; a changed format gets files of its own, v2.
 */
class GoldenBytesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final String WRITE = "mvn test -Dtest=GoldenBytesTest -Dgolden.write=true";
  private static final Config CONFIG = ConfigFactory.load(
      ConfigFactory.parseString("akka { actor.provider = local, coordinated-shutdown.exit-jvm = off }")
          .withFallback(ConfigFactory.parseResources("node.conf")));
  private static final ActorTestKit KIT = ActorTestKit.create("golden", CONFIG);
  private static final Serialization SERIALIZATION = SerializationExtension.get(KIT.system());
  private static final TestProbe<KeyProtocol.Answer> ANSWERS = KIT.createTestProbe();
  private static final TestProbe<KeyResult> RESULTS = KIT.createTestProbe();
  private static final TestProbe<Part> PARTS = KIT.createTestProbe();
  private static final TestProbe<KeyProtocol.Stored> STORED = KIT.createTestProbe();
  private static final Source SOURCE = new Source("topic", 3);
  /** Snapshots tell the alerts that fire by the states of their rules; they have sums where events have what to add. */
  private static final String EMPTY = ", (alerts|samples|baselines|points|series)=\\[]";

  @AfterAll
  static void end() {
    KIT.shutdownTestKit();
  }

  // ---- what is stored

  /** Version 1 knew no ids, version 2 no states of rules, version 3 no panes, version 4 no frequent values. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void anEventOfEveryVersionIsRead(int version) {
    WindowsAdvanced event = PersistedSamples.event(version);
    WindowsAdvanced read = read(golden("windows-advanced-v" + version, event), WindowsAdvanced.class);
    assertEquals(withoutSketches(event), withoutSketches(read));
    assertEquals(held(new KeyState(PersistedSamples.SPEC).apply(event)), held(new KeyState(PersistedSamples.SPEC).apply(read)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void aSnapshotOfEveryVersionIsRead(int version) {
    KeySnapshot snapshot = PersistedSamples.snapshot(version);
    KeySnapshot read = read(golden("key-snapshot-v" + version, snapshot), KeySnapshot.class);
    assertEquals(withoutSketches(snapshot), withoutSketches(read));
    assertEquals(held(new KeyState(PersistedSamples.SPEC, snapshot)), held(new KeyState(PersistedSamples.SPEC, read)));
  }

  @Test
  void everyStoredTypeOccursInTheSamplesAndNothingInThemIsEmpty() {
    Set<String> seen = new TreeSet<>();
    Set<String> stored = new TreeSet<>();
    for (Object sample : List.of(PersistedSamples.event(PersistedSamples.NEWEST), PersistedSamples.snapshot(PersistedSamples.NEWEST))) {
      String contents = Contents.of(sample).toString().replaceAll(EMPTY, "");
      assertFalse(contents.contains("[]"), () -> "an empty list in " + contents);
      records(sample).forEach(each -> seen.add(each.getClass().getSimpleName()));
      nested(sample.getClass(), stored);
    }
    assertEquals(stored, seen);
  }

  /** Bytes of sketches belong to a library that may write others and still read these. */
  private static Object withoutSketches(Object value) {
    return Contents.of(value).toString().replaceAll("(quantiles|distinct|top)=\\[[^]]*]", "$1");
  }

  /** What a key with this state tells people, sketches included, and what it would tell again. */
  private static List<Object> held(KeyState state) {
    KeyWindows windows = new KeyWindows(PersistedSamples.SPEC, state, Watch.NONE);
    return List.of(windows.result(true), windows.result(false), windows.rolling(PersistedSamples.HOUR, true), windows.unsentAlerts(), windows.unsentLate(), windows.closing());
  }

  private static byte[] golden(String name, Object sample) {
    Path file = GOLDEN.resolve(name + ".cbor");
    try {
      if (!Files.exists(file) && Boolean.getBoolean("golden.write")) {
        Files.createDirectories(GOLDEN);
        Files.write(file, SERIALIZATION.serialize(sample).get());
      }
      return Files.exists(file) ? Files.readAllBytes(file) : fail(file + ": missing; if its format is new, write it with: " + WRITE);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static <T> T read(byte[] bytes, Class<T> type) {
    return type.cast(SERIALIZATION.deserialize(bytes, serializer(type).identifier(), type.getName()).get());
  }

  private static SerializerWithStringManifest serializer(Class<?> type) {
    try {
      return (SerializerWithStringManifest) SERIALIZATION.serializerFor(type);
    } catch (NotSerializableException e) {
      throw new AssertionError(e);
    }
  }

  // ---- what is sent

  /** A node of the release before does not say whether it is behind. */
  @Test
  void anObserveThatDoesNotSayIsNotBehind() throws IOException {
    CBORMapper cbor = new CBORMapper();
    KeyProtocol.Observe observe = new KeyProtocol.Observe(1, SOURCE, 7, List.of(), true, true, ANSWERS.ref());
    ObjectNode fields = (ObjectNode) cbor.readTree(SERIALIZATION.serialize(observe).get());
    assertTrue(fields.remove("behind").asBoolean());
    assertEquals(new KeyProtocol.Observe(1, SOURCE, 7, List.of(), true, false, ANSWERS.ref()),
        read(cbor.writeValueAsBytes(fields), KeyProtocol.Observe.class));
  }

  static Stream<Object> samples() {
    return Stream.of(persisted(), requests(), answers(), results(), windowsOfAllKeys()).flatMap(List::stream);
  }

  private static List<Object> persisted() {
    return List.of(PersistedSamples.event(PersistedSamples.NEWEST), PersistedSamples.snapshot(PersistedSamples.NEWEST), new KeyState(PersistedSamples.SPEC).snapshot((learnt, since) -> learnt),
        new WindowsAdvanced(List.of(), Long.MIN_VALUE, List.of(), List.of(), List.of(), List.of(), List.of(), false, 0, 0, null));
  }

  private static List<Object> requests() {
    List<Observation> thousand = IntStream.range(0, 1_000)
        .mapToObj(i -> new Observation(i, i, i - 1, new double[] {i / 3.0, Double.NaN, Double.MIN_VALUE}, new String[] {null, "t" + i, ""}))
        .toList();
    Observation bare = new Observation(Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, new double[0], null);
    Observation odd = new Observation(0, 0, 0,
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0}, new String[] {null, "\u0000", "\uD83D\uDE00", null});
    return List.of(
        new KeyProtocol.Observe(1, SOURCE, -1, thousand, true, false, ANSWERS.ref()),
        new KeyProtocol.Observe(Long.MAX_VALUE, SOURCE, Long.MAX_VALUE, List.of(bare, odd), false, true, ANSWERS.ref()),
        new KeyProtocol.Observe(1, SOURCE, -1, List.of(), false, false, ANSWERS.ref()),
        new KeyProtocol.Persist(2, SOURCE, 99, Long.MIN_VALUE, ANSWERS.ref()),
        new KeyProtocol.Advance(3, SOURCE, 7, 8, Long.MIN_VALUE, ANSWERS.ref()),
        new KeyProtocol.Get(true, RESULTS.ref()),
        new KeyProtocol.Get(false, RESULTS.ref()),
        new KeyProtocol.GetRolling(1_800_000, true, RESULTS.ref()),
        new KeyProtocol.GetStored(true, STORED.ref()),
        new KeyProtocol.Stop(), new KeyProtocol.Review());
  }

  private static List<Object> answers() {
    List<Object> answers = new ArrayList<>();
    for (String key : List.of("k", "", "a b/c|d%", "\u0000\n\"", "Zürich", "\uD83D\uDE00", allOfUnicode())) {
      answers.addAll(List.of(new KeyProtocol.Accepted(1, key), new KeyProtocol.Gap(2, key, -1),
          new KeyProtocol.Durable(3, key, Long.MAX_VALUE), new KeyProtocol.Advanced(4, key)));
    }
    return answers;
  }

  private static String allOfUnicode() {
    return IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .filter(each -> each < 0x3000 || each % 101 == 0)
        .filter(each -> each < Character.MIN_SURROGATE || each > Character.MAX_SURROGATE)
        .mapToObj(Character::toString).collect(Collectors.joining());
  }

  private static List<Object> results() {
    KeyWindows windows = new KeyWindows(PersistedSamples.SPEC, new KeyState(PersistedSamples.SPEC, PersistedSamples.snapshot(PersistedSamples.NEWEST)), Watch.NONE);
    return List.of(windows.result(true), new KeyProtocol.Stored(windows.result(true).seen(), 7, List.of(windows.stored(PersistedSamples.HOUR, true))), new KeyResult(List.of(), Long.MIN_VALUE, List.of(), List.of(), 0),
        new PartitionReport("pipe", 1, 6, "akka://hourglass@10.0.0.1:25520", Long.MIN_VALUE, 5, 6, 7, 8, true, 3),
        new PartitionReport("", 0, 1, "", 4, 5, 6, 7, Long.MAX_VALUE, false, 1));
  }

  private static List<Object> windowsOfAllKeys() {
    KeyWindows key = new KeyWindows(PersistedSamples.SPEC, new KeyState(PersistedSamples.SPEC, PersistedSamples.snapshot(4_712)), Watch.NONE);
    KeysTotal total = new KeysTotal(PersistedSamples.SPEC, 0);
    key.result(true).windows().forEach(window -> total.add(key.share(window.start())));
    return List.of(new Question("pipe", 5, new Ranking("bytes.sum", true, 10), PARTS.ref()), new Question("pipe", Long.MIN_VALUE, null, PARTS.ref()),
        new Part(Set.of(1), Set.of(2), 3, 4, List.of(new RankedKey("\u0000\"", -0.5, 7, true)), total.data(),
            List.of(new Missing(3, null, 9L, "slow"), new Missing(null, "n1", null, "silent"))),
        new Part(Set.of(), Set.of(), 0, 0, List.of(), null, List.of()));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void whatIsSentArrivesAsItWas(Object message) {
    assertEquals(JacksonCborSerializer.class, serializer(message.getClass()).getClass());
    Object arrived = read(SERIALIZATION.serialize(message).get(), message.getClass());
    assertEquals(Contents.of(message), Contents.of(arrived));
  }

  @Test
  void everyMessageOfTheProtocolHasASample() {
    Set<Class<?>> sampled = samples().map(Object::getClass).collect(Collectors.toSet());
    List<Class<?>> messages = Arrays.stream(KeyProtocol.class.getDeclaredClasses()).filter(each -> !each.isInterface()).toList();
    assertFalse(messages.isEmpty());
    messages.forEach(each -> assertTrue(sampled.contains(each), () -> each + ": no sample"));
  }

  /** Jackson takes a public {@code isX()} or {@code getX()} for a property; it would stay in the journal forever. */
  @ParameterizedTest
  @MethodSource("samples")
  void onlyTheComponentsOfARecordTravel(Object message) throws IOException {
    assertProperties(new CBORMapper().readTree(SERIALIZATION.serialize(message).get()), message);
  }

  private static void assertProperties(JsonNode written, Object value) {
    if (value instanceof Record record) {
      List<String> names = new ArrayList<>();
      written.fieldNames().forEachRemaining(names::add);
      assertEquals(new TreeSet<>(Contents.names(record.getClass())), new TreeSet<>(names), record.getClass()::toString);
      for (RecordComponent component : record.getClass().getRecordComponents()) {
        assertProperties(written.get(component.getName()), Contents.value(record, component));
      }
    } else if (value instanceof Collection<?> collection) {
      int i = 0;
      for (Object each : collection) {
        assertProperties(written.get(i++), each);
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> assertProperties(written.get(key.toString()), each));
    }
  }

  // ---- walking records

  private static Stream<Object> records(Object value) {
    if (value instanceof Record record) {
      return Stream.concat(Stream.of(record), Arrays.stream(record.getClass().getRecordComponents())
          .flatMap(component -> records(Contents.value(record, component))));
    }
    if (value instanceof Map<?, ?> map) {
      return map.values().stream().flatMap(GoldenBytesTest::records);
    }
    return value instanceof Collection<?> collection ? collection.stream().flatMap(GoldenBytesTest::records) : Stream.empty();
  }

  /** Names of the records that {@code type} is made of, by its declaration. */
  private static Set<String> nested(Class<?> type, Set<String> found) {
    found.add(type.getSimpleName());
    for (RecordComponent component : type.getRecordComponents()) {
      String generic = component.getGenericType().getTypeName();
      for (String name : generic.split("[<>, ]+")) {
        if (name.startsWith("io.hourglass") && record(name).isRecord() && !found.contains(record(name).getSimpleName())) {
          nested(record(name), found);
        }
      }
    }
    return found;
  }

  private static Class<?> record(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
