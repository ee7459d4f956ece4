package io.hourglass.alert;

import akka.http.javadsl.model.HttpCharsets;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.StatusCode;
import akka.http.javadsl.model.StatusCodes;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Why no stream begins, as {@code application/problem+json} (RFC 9457). */
enum StreamProblem {
  BAD_AFTER(StatusCodes.BAD_REQUEST, Optional.of("after")),
  NOT_ACCEPTABLE(StatusCodes.NOT_ACCEPTABLE, Optional.empty()),
  UNAVAILABLE(StatusCodes.SERVICE_UNAVAILABLE, Optional.empty());

  private final StatusCode status;
  private final Optional<String> parameter;

  StreamProblem(StatusCode status, Optional<String> parameter) {
    this.status = status;
    this.parameter = parameter;
  }

  HttpResponse response(String detail) {
    ObjectNode problem = JsonNodeFactory.instance.objectNode()
        .put("type", "about:blank")
        .put("title", status.reason())
        .put("status", status.intValue())
        .put("detail", detail);
    parameter.ifPresent(name -> problem.put("parameter", name));
    return HttpResponse.create().withStatus(status).withEntity(HttpEntities.create(Json.TYPE, problem.toString()));
  }

  /** Apart from the constants, which are made first. */
  private static final class Json {
    static final akka.http.javadsl.model.ContentType.NonBinary TYPE =
        MediaTypes.applicationWithFixedCharset("problem+json", HttpCharsets.UTF_8).toContentType();
  }
}
