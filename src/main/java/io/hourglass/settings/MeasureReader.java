package io.hourglass.settings;

import io.hourglass.window.Aggregate;
import io.hourglass.window.MeasureSpec;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a pipeline's {@code measures}. */
final class MeasureReader {
  private static final String AGGREGATES =
      Arrays.stream(Aggregate.values()).map(Aggregate::label).collect(Collectors.joining(", "));
  private static final String NAME = "a name of letters, digits and _, not beginning with a digit, not window";
  /** Words that CEL keeps for itself: a rule could not name such a measure. */
  private static final Set<String> RESERVED = Set.of(
      "window", "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if",
      "import", "let", "loop", "package", "namespace", "return", "var", "void", "while");

  private MeasureReader() {}

  static List<MeasureSpec> measures(Block block) {
    return block.keys().stream().sorted().map(name -> measure(name, block)).toList();
  }

  private static MeasureSpec measure(String name, Block measures) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*") || RESERVED.contains(name)) {
      measures.fault(name, name, NAME);
    }
    Block block = measures.block(name);
    block.knows(Set.of("field", "aggregates"));
    String field = block.has("field")
        ? block.text("field", "a field, attrs.site for a nested one", PipelineReader::isField) : name;
    return new MeasureSpec(name, field, aggregates(block));
  }

  private static Set<Aggregate> aggregates(Block block) {
    String expected = "one or more of " + AGGREGATES;
    Set<Aggregate> aggregates = EnumSet.noneOf(Aggregate.class);
    List<String> labels = block.list("aggregates", expected);
    if (labels.isEmpty() && block.has("aggregates")) {
      block.fault("aggregates", expected);
    }
    for (String label : labels) {
      add(label, aggregates, block, expected);
    }
    return aggregates;
  }

  private static void add(String label, Set<Aggregate> aggregates, Block block, String expected) {
    for (Aggregate aggregate : Aggregate.values()) {
      if (aggregate.label().equals(label)) {
        aggregates.add(aggregate);
        return;
      }
    }
    block.fault("aggregates", label, expected);
  }
}
