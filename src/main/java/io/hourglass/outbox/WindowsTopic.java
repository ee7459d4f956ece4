package io.hourglass.outbox;

import akka.Done;
import io.hourglass.settings.Pipeline;
import io.hourglass.window.WindowResult;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The topic of closed windows, {@code hourglass.<pipeline>.windows}: record key = key, value = the window
 * as the HTTP interface shows it. A window may come twice after a crash, with the same {@code id} header.
 */
public final class WindowsTopic {
  private final Publishing publishing;
  private final Render render;

  /** Writes a window of a key as JSON. */
  @FunctionalInterface
  public interface Render {
    byte[] json(Pipeline pipeline, String key, WindowResult window);
  }

  public WindowsTopic(Producer<byte[], byte[]> producer, Render render) {
    this.publishing = new Publishing(producer);
    this.render = render;
  }

  public CompletionStage<Done> publish(Pipeline pipeline, String key, WindowResult window) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
        pipeline.windowsTopic(), key.getBytes(StandardCharsets.UTF_8), render.json(pipeline, key, window));
    String id = pipeline.name() + "|" + key + "|" + window.start() + "|" + window.revision();
    record.headers().add("id", id.getBytes(StandardCharsets.UTF_8));
    return publishing.send(record);
  }
}
