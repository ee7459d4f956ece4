package io.hourglass.load.compare;

import io.hourglass.load.compare.Results.Part;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The comparison as a picture (SVG): bars of CPU-seconds per million events, warm and cold, the engine's own part dark
 * and its stores' light; and of thousand events a second. It follows the reader's light or dark theme.
 */
final class Chart {
  private static final int WIDTH = 760;
  private static final int LEFT = 130;
  private static final int BARS = 500;
  private static final int ROW = 26;
  private static final int TITLE = 44;
  private static final String STYLE = """
      text { font: 13px system-ui, sans-serif; fill: #24292f; }
      .title { font-weight: 600; }
      .note { fill: #57606a; }
      .engine { fill: #0969da; }
      .stores { fill: #9ec9f5; }
      .axis { stroke: #d0d7de; }
      @media (prefers-color-scheme: dark) {
        text { fill: #e6edf3; }
        .note { fill: #9198a1; }
        .engine { fill: #4493f8; }
        .stores { fill: #1f4a80; }
        .axis { stroke: #3d444d; }
      }
      """;

  private final Results results;
  private final StringBuilder svg = new StringBuilder();
  private int y;

  private record Bar(String engine, double own, double all) {}

  Chart(Results results) {
    this.results = results;
  }

  String svg() {
    panel("CPU-seconds per million events, warm", "engine, and lighter its stores; less is better", cpu(Part.WARM));
    panel("CPU-seconds per million events, cold", "just-in-time compilation included", cpu(Part.COLD));
    var cores = Runtime.getRuntime().availableProcessors() + " cores for everything; more is better";
    panel("Thousand events a second until durable, warm", cores, rate(Part.WARM));
    panel("Thousand events a second until durable, cold", "", rate(Part.COLD));
    var height = y + 10;
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">\n<style>\n%s</style>\n%s</svg>\n"
        .formatted(WIDTH, height, WIDTH, height, STYLE, svg);
  }

  private List<Bar> cpu(Part part) {
    return results.engines().stream().map(engine -> new Bar(engine, median(results.part(part, engine, Figures::engine)),
        median(results.withStores(part, engine)))).filter(bar -> bar.all() > 0).toList();
  }

  private List<Bar> rate(Part part) {
    return results.engines().stream().map(engine -> new Bar(engine, median(results.part(part, engine, Figures::rate)), 0))
        .filter(bar -> bar.own() > 0).toList();
  }

  private static double median(Optional<Spread> spread) {
    return spread.map(Spread::median).orElse(0.0);
  }

  private void panel(String title, String note, List<Bar> bars) {
    if (bars.isEmpty()) {
      return;
    }
    add("<text class=\"title\" x=\"10\" y=\"%d\">%s <tspan class=\"note\" font-weight=\"400\" dx=\"6\">%s</tspan></text>", y + 28, title,
        note);
    y += TITLE;
    var most = bars.stream().mapToDouble(bar -> Math.max(bar.own(), bar.all())).max().orElse(1);
    add("<line class=\"axis\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>", LEFT, y - 4, LEFT, y + bars.size() * ROW);
    bars.forEach(bar -> bar(bar, BARS / most));
  }

  private void bar(Bar bar, double scale) {
    add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", LEFT - 10, y + 14, bar.engine());
    if (bar.all() > bar.own()) {
      rectangle("stores", bar.all() * scale);
    }
    rectangle("engine", bar.own() * scale);
    var end = LEFT + Math.max(bar.own(), bar.all()) * scale + 6;
    var told = bar.all() > bar.own() * 1.005 ? number(bar.own()) + " / " + number(bar.all()) : number(bar.own());
    add("<text x=\"%.1f\" y=\"%d\">%s</text>", end, y + 14, told);
    y += ROW;
  }

  private void rectangle(String type, double width) {
    add("<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"18\" rx=\"2\"/>", type, LEFT, y, width);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
