package io.hourglass.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hourglass.window.Frequent;
import io.hourglass.window.WindowResult.MeasureResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is written by hand is what the records would be written as, and is read as what it was. */
class MeasuresJsonTest {

  /** As releases before this one wrote them. */
  @Example
  void measuresWithoutFrequentTextsAreRead() {
    Map<String, MeasureResult> measures = Map.of("bytes", new MeasureResult(3, Map.of("sum", 6.0), List.of()));
    assertEquals(measures, MeasuresJson.read("{\"bytes\":{\"count\":3,\"values\":{\"sum\":6.0}}}"));
    assertEquals(measures, MeasuresJson.read("{\"bytes\":{\"count\":3,\"values\":{\"sum\":6.0},\"later\":[1]}}"));
    assertEquals("{\"bytes\":{\"count\":3,\"values\":{\"sum\":6.0}}}", MeasuresJson.write(measures));
  }

  @Property(tries = 60)
  void measuresAreWrittenAsTheirRecordsAndReadBack(@ForAll Map<String, Map<String, Double>> values, @ForAll long count, @ForAll List<String> top) throws JsonProcessingException {
    Map<String, MeasureResult> measures = new LinkedHashMap<>();
    values.forEach((name, each) -> measures.put(name, new MeasureResult(count, each, top.stream().map(text -> new Frequent(text, count, 3)).toList())));
    measures.put("odd", new MeasureResult(1, Map.of("sum", Double.NaN), List.of(new Frequent("/", 1, 0))));
    String written = MeasuresJson.write(measures);
    assertEquals(new ObjectMapper().writeValueAsString(measures).replace(",\"top\":[]", ""), written);
    assertEquals(measures, MeasuresJson.read(written));
  }
}
