package io.hourglass.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Sum, moments, distinct counts against exact arithmetic and against any cut of the same values. */
class AggregatesTest {

  @Property
  void sumIsExactToTheLastBits(@ForAll("values") List<Double> values, @ForAll @IntRange(max = 300) int cut) {
    int at = Math.min(cut, values.size());
    Sum merged = sum(values.subList(0, at)).merge(sum(values.subList(at, values.size())));
    double exact = exactSum(values).doubleValue();
    double magnitude = values.stream().mapToDouble(Math::abs).sum();
    assertEquals(exact, sum(values).value(), Math.ulp(exact) + magnitude * 1e-28);
    assertEquals(exact, merged.value(), Math.ulp(exact) + magnitude * 1e-28);
  }

  @Test
  void sumLosesNothingBesideLargeValues() {
    assertEquals(2.0, Sum.ZERO.add(1).add(1e100).add(1).add(-1e100).value());
    assertEquals(0, Sum.ZERO.value());
  }

  @Property
  void deviationOfAnyCut(@ForAll("values") List<Double> values, @ForAll @IntRange(max = 300) int cut) {
    int at = Math.min(cut, values.size());
    Moments merged = moments(values.subList(0, at)).merge(moments(values.subList(at, values.size())));
    double exact = exactDeviation(values);
    double largest = values.stream().mapToDouble(Math::abs).max().orElse(0);
    assertEquals(exact, moments(values).stddev(), 1e-9 * exact + 1e-12 * largest + 1e-300);
    assertEquals(exact, merged.stddev(), 1e-9 * exact + 1e-12 * largest + 1e-300);
    assertEquals(values.size(), merged.count());
  }

  @Test
  void deviationFarFromZeroAndOfNothing() {
    assertEquals(0.5, Moments.NONE.add(1e9).add(1e9 + 1).stddev());
    assertEquals(Double.NaN, Moments.NONE.stddev());
    assertEquals(0, Moments.NONE.add(5).stddev());
  }

  @Property(tries = 100)
  void distinctWithinSomePercentWhateverTheCut(
      @ForAll @IntRange(min = 1, max = 30_000) int different, @ForAll @IntRange(max = 100) int percent) {
    DistinctSketch whole = new DistinctSketch();
    DistinctSketch first = new DistinctSketch();
    DistinctSketch second = new DistinctSketch();
    for (int i = 0; i < different * 3 / 2; i++) {
      String text = "value " + i % different;
      whole.add(text);
      (i % 100 < percent ? first : second).add(text);
    }
    DistinctSketch read = DistinctSketch.decode(first.encode());
    read.merge(DistinctSketch.decode(second.encode()));
    assertEquals(different, whole.count(), 0.06 * different);
    assertEquals(whole.count(), read.count());
  }

  @Test
  void distinctTexts() {
    DistinctSketch sketch = new DistinctSketch();
    assertEquals(0, sketch.count());
    List.of("a", "b", "a", "", "", "é").forEach(sketch::add);
    assertEquals(4, sketch.count());
    sketch.copy().add("c");
    assertEquals(4, sketch.count());
  }

  @Test
  void labelsAndKinds() {
    assertEquals("p95", Aggregate.P95.label());
    assertEquals(0.95, Aggregate.P95.quantile());
    assertTrue(Double.isNaN(Aggregate.SUM.quantile()));
    assertTrue(Aggregate.DISTINCT.ofText());
    assertFalse(Aggregate.LAST.ofText());
    assertTrue(Aggregate.TOP.ofText());
    assertFalse(Aggregate.TOP.isNumber());
    assertTrue(Aggregate.DISTINCT.isNumber());
  }

  @Provide
  Arbitrary<List<Double>> values() {
    return Arbitraries.oneOf(
            Arbitraries.doubles().between(-1e6, 1e6), Arbitraries.doubles().between(0, 1),
            Arbitraries.of(0.1, 1e15, -1e15, 1e-15, 0.0))
        .list().ofMinSize(1).ofMaxSize(300);
  }

  private static Sum sum(List<Double> values) {
    return values.stream().reduce(Sum.ZERO, Sum::add, Sum::merge);
  }

  private static Moments moments(List<Double> values) {
    return values.stream().reduce(Moments.NONE, Moments::add, Moments::merge);
  }

  private static BigDecimal exactSum(List<Double> values) {
    return values.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static double exactDeviation(List<Double> values) {
    MathContext digits = new MathContext(60);
    BigDecimal n = BigDecimal.valueOf(values.size());
    BigDecimal mean = exactSum(values).divide(n, digits);
    BigDecimal squares = values.stream().map(BigDecimal::new).map(value -> value.subtract(mean).pow(2, digits))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
    return squares.divide(n, digits).sqrt(digits).doubleValue();
  }
}
