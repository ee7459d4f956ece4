package io.hourglass.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Against counting everything, for streams that are cut into parts anyhow. */
class TopSketchTest {

  /** Few texts get most of it; the n-th is drawn with the square of a uniform number. */
  private static List<String> texts(Random random, int howMany, int different) {
    return IntStream.range(0, howMany).mapToObj(i -> "/" + (int) (different * Math.pow(random.nextDouble(), 2))).toList();
  }

  private static TopSketch cut(List<String> texts, Random random, int parts) {
    List<TopSketch> all = new ArrayList<>();
    IntStream.range(0, parts).forEach(i -> all.add(new TopSketch()));
    texts.forEach(text -> all.get(random.nextInt(parts)).add(text));
    TopSketch merged = new TopSketch();
    all.forEach(part -> merged.merge(random.nextBoolean() ? part.copy() : TopSketch.decode(part.encode())));
    return merged;
  }

  private static Map<String, Long> counts(List<String> texts) {
    return texts.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  @Property(tries = 200)
  void exactWithFewTextsWhateverTheCut(@ForAll long seed, @ForAll @IntRange(max = 3_000) int howMany, @ForAll @IntRange(min = 1, max = TopSketch.MOST) int different,
      @ForAll @IntRange(min = 1, max = 9) int parts) {
    Random random = new Random(seed);
    List<String> texts = texts(random, howMany, different);
    List<Frequent> expected = counts(texts).entrySet().stream().map(each -> new Frequent(each.getKey(), each.getValue(), 0))
        .sorted(Comparator.comparingLong(Frequent::count).reversed().thenComparing(Frequent::value)).limit(10).toList();
    assertEquals(expected, cut(texts, random, parts).top());
  }

  @Property(tries = 200)
  void withinItsErrorWithManyTextsWhateverTheCut(@ForAll long seed, @ForAll @IntRange(min = 1_000, max = 10_000) int howMany,
      @ForAll @IntRange(min = 300, max = 5_000) int different, @ForAll @IntRange(min = 1, max = 9) int parts) {
    Random random = new Random(seed);
    List<String> texts = texts(random, howMany, different);
    Map<String, Long> truth = counts(texts);
    List<Frequent> top = cut(texts, random, parts).top();
    top.forEach(each -> {
      long count = truth.get(each.value());
      assertTrue(each.count() <= count && count <= each.count() + each.error(), () -> each + " (expected: " + count + ")");
      assertTrue(each.error() <= howMany / (TopSketch.KEPT + 1), () -> each + " of " + howMany);
    });
    assertEquals(10, top.size());
    long least = top.get(9).count() + howMany / (TopSketch.KEPT + 1);
    truth.forEach((text, count) -> assertTrue(count <= least || top.stream().anyMatch(each -> each.value().equals(text)), () -> text + " is not told: " + count));
  }

  /** Of a day of texts that come once each it is told that none came often. */
  @Test
  void manyTextsThatAllComeOnce() {
    List<String> texts = IntStream.range(0, 10_000).mapToObj(i -> "/" + i).toList();
    for (int parts : new int[] {1, 24}) {
      cut(texts, new Random(parts), parts).top().forEach(each -> assertTrue(each.count() == 1 && each.error() <= 10_000 / (TopSketch.KEPT + 1), each::toString));
    }
  }

  /** As a window has it whose pipeline keeps the most frequent texts only since its middle. */
  @Test
  void whatCameBeforeIsAnError() {
    TopSketch sketch = new TopSketch();
    sketch.add("a");
    sketch.unknown(7);
    sketch.add("a");
    sketch.add("b");
    assertEquals(List.of(new Frequent("a", 2, 7), new Frequent("b", 1, 7)), TopSketch.decode(sketch.encode()).top());
  }

  @Test
  void halfCharactersAreAddedUpAsWhatTheyAreStoredAs() {
    TopSketch sketch = new TopSketch();
    List.of("?", "\uD800", "?").forEach(sketch::add);
    assertEquals(List.of(new Frequent("?", 3, 0)), TopSketch.decode(sketch.encode()).top());
  }

  @Test
  void nothingAndOddTexts() {
    TopSketch sketch = new TopSketch();
    assertEquals(List.of(), sketch.top());
    assertTrue(sketch.isEmpty());
    List.of("", "é", "\uD83D\uDE00", "", "\u0000").forEach(sketch::add);
    TopSketch read = TopSketch.decode(sketch.encode());
    assertFalse(read.isEmpty());
    assertEquals(List.of(new Frequent("", 2, 0), new Frequent("\u0000", 1, 0), new Frequent("é", 1, 0), new Frequent("\uD83D\uDE00", 1, 0)), read.top());
    read.add("é");
    assertEquals(1, sketch.top().get(2).count());
  }
}
