package io.hourglass.wire;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Records as plain maps and lists, so that arrays in them compare by what they hold. */
final class Contents {
  private Contents() {}

  static Object of(Object value) {
    if (value instanceof Record record) {
      return ofRecord(record);
    }
    if (value instanceof Collection<?> collection) {
      return list(collection);
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> contents = new LinkedHashMap<>();
      map.forEach((key, each) -> contents.put(key, of(each)));
      return contents;
    }
    return ofArray(value);
  }

  private static Object ofArray(Object value) {
    if (value instanceof byte[] bytes) {
      return Arrays.toString(bytes);
    }
    if (value instanceof double[] numbers) {
      return Arrays.stream(numbers).boxed().toList();
    }
    return value instanceof Object[] array ? list(Arrays.asList(array)) : value;
  }

  private static List<Object> list(Collection<?> collection) {
    List<Object> contents = new ArrayList<>();
    collection.forEach(each -> contents.add(of(each)));
    return contents;
  }

  private static Object ofRecord(Record record) {
    Map<String, Object> contents = new LinkedHashMap<>();
    contents.put("record", record.getClass().getSimpleName());
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      contents.put(component.getName(), of(value(record, component)));
    }
    return contents;
  }

  static Object value(Record record, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** Names of a record's components. */
  static Collection<String> names(Class<?> record) {
    return Arrays.stream(record.getRecordComponents()).map(RecordComponent::getName).collect(Collectors.toCollection(ArrayList::new));
  }
}
