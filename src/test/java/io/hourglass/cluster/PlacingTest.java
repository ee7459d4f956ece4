package io.hourglass.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hourglass.query.ClusterState.Holding;
import io.hourglass.query.ClusterState.Placement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlacingTest {

  @Test
  void whatNobodyHoldsIsNamed() {
    Placing placing = new Placing("clicks", 4);
    List.of("a", "b", "c").forEach(placing::node);
    placing.held("a", Map.of(0, 3, 2, 0));
    placing.held("b", null);
    placing.held("c", Map.of());
    placing.read(0, "a");
    placing.read(1, "gone");
    placing.read(2, "c");
    assertEquals(
        new Placement("clicks", 4,
            List.of(new Holding("a", Map.of(0, 3, 2, 0), List.of(0)), new Holding("b", Map.of(), List.of()), new Holding("c", Map.of(), List.of(2))),
            List.of(1, 3), List.of(1), List.of("b")),
        placing.placement());
  }
}
