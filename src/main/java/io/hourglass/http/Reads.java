package io.hourglass.http;

import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * How what is read is answered: with an {@code ETag} that follows from what is told, so that who has it already gets 304
 * (RFC 9110, 13.1.2), and packed by gzip or deflate for those who accept that.
 */
final class Reads extends AllDirectives {
  private static final int TAG_BYTES = 15;

  Route answer(Function<HttpRequest, CompletionStage<HttpResponse>> answer) {
    return get(() -> extractRequest(request -> encodeResponse(() -> completeWithFuture(
        answer.apply(request).thenApply(response -> tagged(request, response))))));
  }

  private static HttpResponse tagged(HttpRequest request, HttpResponse response) {
    if (!response.status().equals(StatusCodes.OK) || !(response.entity() instanceof HttpEntity.Strict body)) {
      return response;
    }
    Optional<HttpHeader> rest = response.getHeader("Link");
    String tag = tag(body.getData().toArray(), rest.map(HttpHeader::value).orElse(""));
    HttpResponse told = request.getHeader("If-None-Match").filter(known -> knows(known, tag)).isPresent()
        ? HttpResponse.create().withStatus(StatusCodes.NOT_MODIFIED).addHeaders(response.getHeaders())
        : response;
    return told.addHeader(RawHeader.create("ETag", tag)).addHeader(RawHeader.create("Vary", "Accept, Accept-Encoding"));
  }

  private static boolean knows(HttpHeader header, String tag) {
    return Arrays.stream(header.value().split(",")).map(String::strip).anyMatch(each -> each.equals("*") || each.equals(tag));
  }

  /** Weak: the same told in another encoding has the same one. */
  private static String tag(byte[] body, String rest) {
    try {
      MessageDigest told = MessageDigest.getInstance("SHA-256");
      told.update(body);
      byte[] digest = told.digest(rest.getBytes(StandardCharsets.UTF_8));
      return "W/\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, TAG_BYTES)) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
