package io.hourglass.anomaly;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The kinds of series there are. On some the detector's constants were chosen, the others were only looked at in the end. */
final class Families {

  /** Draws the series of a family that has this number. */
  interface Family {
    LabelledSeries draw(Random random, int number);
  }

  static final Map<String, Family> LEARNT_ON = new LinkedHashMap<>();
  static final Map<String, Family> HELD_OUT = new LinkedHashMap<>();

  static {
    LEARNT_ON.put("web-cpu", ServerFamilies::webCpu);
    LEARNT_ON.put("idle", ServerFamilies::idle);
    LEARNT_ON.put("network-in", ServerFamilies::networkIn);
    LEARNT_ON.put("latency", ServerFamilies::latency);
    LEARNT_ON.put("requests", DemandFamilies::requests);
    LEARNT_ON.put("occupancy", DemandFamilies::occupancy);
    LEARNT_ON.put("clicks", DemandFamilies::clicks);
    LEARNT_ON.put("posts", DemandFamilies::posts);
    LEARNT_ON.put("day-jump", ArtificialFamilies::dayJump);
    LEARNT_ON.put("temperature", ServerFamilies::temperature);
    LEARNT_ON.put("nothing", ArtificialFamilies::nothing);
    HELD_OUT.put("rides", DemandFamilies::rides);
    HELD_OUT.put("speed", DemandFamilies::speed);
    HELD_OUT.put("disk-writes", ServerFamilies::diskWrites);
    HELD_OUT.put("memory", ServerFamilies::memory);
    HELD_OUT.put("wave", ArtificialFamilies::wave);
    HELD_OUT.put("spike-density", ArtificialFamilies::spikeDensity);
    HELD_OUT.put("manners", ArtificialFamilies::manners);
  }

  private Families() {}

  /** So many series of each family; the same for the same seed. */
  static List<LabelledSeries> draw(Map<String, Family> families, int each, long seed) {
    List<LabelledSeries> all = new ArrayList<>();
    families.forEach((name, family) -> {
      for (int i = 0; i < each; i++) {
        all.add(family.draw(new Random(seed * 1_000_003 + name.hashCode() * 31L + i), i));
      }
    });
    return all;
  }
}
