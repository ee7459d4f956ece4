package io.hourglass.store;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaScriptTest {
  @Test
  void everyStatementMayBeRunAgain() {
    List<String> statements = SchemaScript.statements("hours", "{'class': 'SimpleStrategy', 'replication_factor': 1}");
    assertTrue(statements.get(0).startsWith("CREATE KEYSPACE IF NOT EXISTS hours WITH replication = {'class'"));
    statements.forEach(each -> assertTrue(each.contains(" IF NOT EXISTS ") && each.contains(" hours"), each));
    statements.forEach(each -> assertFalse(each.contains("${"), each));
  }

  @Test
  void knowsItsTables() {
    List<String> tables = SchemaScript.tables(SchemaScript.statements("hours", "{}")).toList();
    assertTrue(tables.containsAll(List.of("messages", "snapshots", "windows")), tables.toString());
  }
}
