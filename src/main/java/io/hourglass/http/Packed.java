package io.hourglass.http;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.EntityTag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A file of the class path.
 *
 * @param tag changes with its bytes
 */
record Packed(byte[] bytes, ContentType type, EntityTag tag) {

  /** Empty when there is no such file. */
  static Optional<Packed> read(String resource, ContentType type) {
    try (InputStream in = Packed.class.getResourceAsStream(resource)) {
      return in == null ? Optional.empty() : Optional.of(of(in.readAllBytes(), type));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Packed of(byte[] bytes, ContentType type) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new Packed(bytes, type, EntityTag.create(HexFormat.of().formatHex(digest, 0, 16), false));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  HttpResponse response() {
    return HttpResponse.create().withEntity(HttpEntities.create(type, bytes));
  }
}
