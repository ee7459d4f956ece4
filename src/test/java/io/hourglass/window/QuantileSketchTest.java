package io.hourglass.window;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class QuantileSketchTest {
  private static final double[] QUANTILES = {0, 0.01, 0.5, 0.95, 0.99, 1};

  @Property
  void withinOnePercentOfTheNearestRank(@ForAll("values") List<Double> values) {
    QuantileSketch sketch = of(values);
    List<Double> sorted = values.stream().sorted().toList();
    for (double q : QUANTILES) {
      double exact = sorted.get((int) Math.max(1, Math.ceil(q * sorted.size())) - 1);
      double error = Math.abs(sketch.quantile(q) - exact);
      assertTrue(error <= 0.01 * Math.abs(exact) * (1 + 1e-9), () -> q + ": " + sketch.quantile(q) + " for " + exact);
    }
  }

  @Property
  void anyCutMergesToTheWhole(@ForAll("values") List<Double> values, @ForAll @IntRange(max = 400) int cut) {
    int at = Math.min(cut, values.size());
    QuantileSketch merged = of(values.subList(0, at));
    QuantileSketch rest = of(values.subList(at, values.size()));
    QuantileSketch turned = rest.copy();
    turned.merge(merged);
    merged.merge(rest);
    assertArrayEquals(of(values).encode(), merged.encode());
    assertArrayEquals(of(values).encode(), turned.encode());
  }

  @Property
  void storedAndReadIsTheSame(@ForAll("values") List<Double> values) {
    QuantileSketch read = QuantileSketch.decode(of(values).encode());
    assertArrayEquals(of(values).encode(), read.encode());
    assertEquals(values.size(), read.total());
  }

  @Test
  void copyIsApart() {
    QuantileSketch sketch = of(List.of(1.0, 2.0));
    sketch.copy().add(5);
    assertEquals(2, sketch.total());
  }

  @Test
  void nothingSeen() {
    assertEquals(Double.NaN, new QuantileSketch().quantile(0.5));
    assertEquals(Double.NaN, QuantileSketch.decode(new QuantileSketch().encode()).quantile(0.5));
  }

  @Provide
  Arbitrary<List<Double>> values() {
    Arbitrary<Double> any = Arbitraries.oneOf(
        Arbitraries.of(0.0, -0.0, 1.0, -1.0, Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_NORMAL, -1e-300),
        Arbitraries.doubles().between(-1_000, 1_000),
        Arbitraries.doubles().filter(value -> Math.abs(value) >= Double.MIN_NORMAL || value == 0),
        Arbitraries.integers().between(0, 100_000).map(Integer::doubleValue));
    return any.list().ofMinSize(1).ofMaxSize(400);
  }

  private static QuantileSketch of(List<Double> values) {
    QuantileSketch sketch = new QuantileSketch();
    values.forEach(sketch::add);
    return sketch;
  }
}
