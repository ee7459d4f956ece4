package io.hourglass.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hourglass.window.WindowResult.MeasureResult;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is written by hand is what the records would be written as, and is read as what it was. */
class MeasuresJsonTest {

  @Property(tries = 60)
  void measuresAreWrittenAsTheirRecordsAndReadBack(@ForAll Map<String, Map<String, Double>> values, @ForAll long count) throws JsonProcessingException {
    Map<String, MeasureResult> measures = new LinkedHashMap<>();
    values.forEach((name, each) -> measures.put(name, new MeasureResult(count, each)));
    measures.put("odd", new MeasureResult(1, Map.of("sum", Double.NaN)));
    String written = MeasuresJson.write(measures);
    assertEquals(new ObjectMapper().writeValueAsString(measures), written);
    assertEquals(measures, MeasuresJson.read(written));
  }
}
