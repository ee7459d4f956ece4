package io.hourglass.http;

import akka.Done;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.stream.Materializer;
import akka.stream.javadsl.Sink;
import akka.util.ByteString;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/** Bodies of a bounded size, unpacked; of all that are there at once the size is bounded, too. */
final class Upload {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  /** At once, in packed bodies of the greatest size; others count by their length. */
  private static final int AT_ONCE = 4;
  private static final int UNIT_BYTES = 1_024;
  /** What is too large is read on for so many times what is allowed, so that the answer is heard, and dropped. */
  private static final int READ_ON = 8;
  private static final int CHUNK = 8_192;

  private final int mostBytes;
  private final Semaphore room;

  Upload(int mostBytes) {
    this.mostBytes = mostBytes;
    this.room = new Semaphore(AT_ONCE * units(2L * mostBytes));
  }

  private static int units(long bytes) {
    return (int) (bytes / UNIT_BYTES) + 1;
  }

  /** Answers a body; it counts as there until the answer is. */
  <T> CompletionStage<T> use(HttpRequest request, Materializer materializer, Function<byte[], CompletionStage<T>> answer) {
    boolean gzip = gzip(request);
    int units = units(gzip ? 2L * mostBytes : Math.min(mostBytes, request.entity().getContentLengthOption().orElse(mostBytes)));
    if (!room.tryAcquire(units)) {
      throw Problem.unavailable("too many bodies at once; try again").refusal();
    }
    CompletionStage<T> answered = received(request, materializer).thenApply(body -> gzip ? unpacked(body) : body).thenCompose(answer);
    return answered.whenComplete((done, failure) -> room.release(units));
  }

  private static boolean gzip(HttpRequest request) {
    String encoding = request.getHeader("Content-Encoding").map(HttpHeader::value).orElse("identity").toLowerCase(Locale.ROOT);
    if (!encoding.equals("gzip") && !encoding.equals("x-gzip") && !encoding.equals("identity")) {
      throw Problem.of(415, "Unsupported Media Type", "Content-Encoding: " + encoding + " (expected: gzip, or none)").refusal();
    }
    return !encoding.equals("identity");
  }

  /** Completes when a body that nobody wants is there, or as much of it as is read on for; until then its sender would not hear an answer. */
  CompletionStage<Done> passedOver(HttpRequest request, Materializer materializer) {
    return request.entity().withSizeLimit((long) READ_ON * mostBytes).getDataBytes().completionTimeout(PATIENCE).runWith(Sink.ignore(), materializer);
  }

  /** Gathers what there is room for. */
  private static final class Gathered {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long length;
  }

  private CompletionStage<byte[]> received(HttpRequest request, Materializer materializer) {
    return request.entity().withoutSizeLimit().getDataBytes()
        .completionTimeout(PATIENCE)
        .runWith(Sink.fold(new Gathered(), this::gather), materializer)
        .handle((gathered, failure) -> {
          if (failure != null) {
            throw notReceived(failure);
          }
          return checked(gathered);
        });
  }

  private Gathered gather(Gathered gathered, ByteString more) {
    gathered.length += more.size();
    if (gathered.length <= mostBytes) {
      gathered.bytes.writeBytes(more.toArray());
    } else if (gathered.length > (long) READ_ON * mostBytes) {
      throw tooLarge();
    }
    return gathered;
  }

  private byte[] checked(Gathered gathered) {
    if (gathered.length > mostBytes) {
      throw tooLarge();
    }
    return gathered.bytes.toByteArray();
  }

  private static RuntimeException notReceived(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof Problem.Refusal refusal) {
      return refusal;
    }
    return cause instanceof TimeoutException
        ? Problem.of(408, "Request Timeout", "body: not received in " + PATIENCE.toSeconds() + " s").refusal()
        : Problem.of(400, "Bad Request", "body: not received: " + cause.getMessage()).refusal();
  }

  private Problem.Refusal tooLarge() {
    return Problem.tooLarge("body: too large (expected: at most " + mostBytes + " bytes, unpacked)").refusal();
  }

  private byte[] unpacked(byte[] packed) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK];
    try (InputStream unpacking = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      for (int read = unpacking.read(chunk); read >= 0; read = unpacking.read(chunk)) {
        bytes.write(chunk, 0, read);
        if (bytes.size() > mostBytes) {
          throw tooLarge();
        }
      }
    } catch (IOException wrong) {
      throw Problem.badBody(List.of("body: no gzip: " + wrong.getMessage() + " (expected: as Content-Encoding says)")).refusal();
    }
    return bytes.toByteArray();
  }
}
