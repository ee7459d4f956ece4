package io.hourglass.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hourglass.services.Await;
import io.hourglass.services.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Debian's Chromium without a window, at one site, with a profile of its own. */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Logger LOG = Logger.getLogger("org.openqa.selenium");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ChromeDriver driver;
  private final URI site;

  /** Ends the test when there is no Chromium. */
  Browser(URI site, Path profile) {
    LOG.setLevel(Level.SEVERE);
    this.site = site;
    ChromeOptions options = new ChromeOptions();
    options.setBinary(Tool.required("chromium").toString());
    options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--user-data-dir=" + profile.toAbsolutePath());
    driver = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(Tool.required("chromedriver").toFile()).build(), options);
  }

  /** Opens a page by its hash, afresh. */
  void open(String hash) {
    driver.get("about:blank");
    driver.get(site.resolve("/") + hash);
  }

  String address() {
    return driver.getCurrentUrl();
  }

  /** Fails with what the page shows instead. */
  private void await(String what, BooleanSupplier so) {
    try {
      Await.until(what, PATIENCE, so);
    } catch (AssertionError failure) {
      List<String> console = driver.manage().logs().get("browser").getAll().stream().map(Object::toString).toList();
      throw new AssertionError(failure.getMessage() + "; at " + address() + " stands: " + texts("body") + console, failure);
    }
  }

  /** The first element like this, waited for. */
  WebElement find(String css) {
    await(css, () -> !driver.findElements(By.cssSelector(css)).isEmpty());
    return driver.findElement(By.cssSelector(css));
  }

  List<String> texts(String css) {
    return driver.findElements(By.cssSelector(css)).stream().map(WebElement::getText).toList();
  }

  /** Until an element like this shows the text. */
  void until(String css, String text) {
    await(css + " shows " + text, () -> texts(css).stream().anyMatch(each -> each.contains(text)));
  }

  void untilNone(String css) {
    await("no " + css, () -> driver.findElements(By.cssSelector(css)).isEmpty());
  }

  void click(String css) {
    find(css).click();
  }

  /** Into what has the focus. */
  void type(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  void replace(String css, String text) {
    find(css).sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
  }

  Object script(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Acts while every page that is opened runs a script before its own. */
  void with(String script, Runnable act) {
    Object id = driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script)).get("identifier");
    try {
      act.run();
    } finally {
      driver.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", id));
    }
  }

  void online(boolean online) {
    driver.executeCdpCommand("Network.enable", Map.of());
    driver.executeCdpCommand("Network.emulateNetworkConditions",
        Map.of("offline", !online, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
  }

  /** @param scheme light or dark, as the system would say */
  void look(String scheme, int width) {
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    driver.executeCdpCommand("Emulation.setScrollbarsHidden", Map.of("hidden", true));
    driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", width < 600 ? 800 : 900, "deviceScaleFactor", 1, "mobile", false));
  }

  /** The page as far as one can scroll down. */
  void picture(Path file) {
    Map<String, Object> picture = driver.executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, Base64.getDecoder().decode((String) picture.get("data")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What axe calls serious or critical: rule, place. */
  List<String> violations() {
    if (Boolean.FALSE.equals(driver.executeScript("return 'axe' in window"))) {
      driver.executeScript(axe());
    }
    String found = (String) driver.executeAsyncScript("const done = arguments[0];"
        + "axe.run(document, {resultTypes: ['violations']}).then(r => done(JSON.stringify(r.violations)), e => done(JSON.stringify([{impact: 'critical', id: String(e), nodes: []}])))");
    List<String> serious = new ArrayList<>();
    for (JsonNode violation : parse(found)) {
      if (List.of("serious", "critical").contains(violation.path("impact").asText())) {
        serious.add(violation.get("id").asText() + " " + violation.findValuesAsText("html"));
      }
    }
    return serious;
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String axe() {
    try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
