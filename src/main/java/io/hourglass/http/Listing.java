package io.hourglass.http;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.Query;
import akka.http.javadsl.model.Uri;
import akka.http.javadsl.model.headers.RawHeader;
import akka.japi.Pair;
import io.hourglass.store.Page;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A page of a list: {@code {"items":[…],"next":…}}, or one item per line as NDJSON, or CSV. The latter two
 * tell the next page in a {@code Link} header.
 *
 * @param next cursor of the rest, or null
 */
record Listing(List<?> items, String next) {

  HttpResponse response(HttpRequest request) {
    return switch (media(request)) {
      case JSON -> Media.JSON.response(json());
      case NDJSON -> linked(request, Media.NDJSON.response(lines()));
      case CSV -> linked(request, Media.CSV.response(Csv.bytes(items.stream().map(Json::tree).toList())));
    };
  }

  /** Of {@code all} those whose names the request asks for by limit and cursor, in their order. */
  static <T> Page<T> named(HttpRequest request, List<T> all, Function<T, String> name) {
    Parameters parameters = new Parameters(request);
    int limit = parameters.limit();
    String after = parameters.cursor().orElse(null);
    List<T> rest = all.stream().filter(each -> after == null || name.apply(each).compareTo(after) > 0).sorted(Comparator.comparing(name)).toList();
    return rest.size() <= limit ? new Page<>(rest, null) : new Page<>(rest.subList(0, limit), Parameters.cursor(name.apply(rest.get(limit - 1))));
  }

  /** What the request accepts; to be asked before any work is done. */
  static Media media(HttpRequest request) {
    return Media.best(request, Media.JSON, Media.NDJSON, Media.CSV);
  }

  private byte[] json() {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("items", items);
    page.put("next", next);
    return Json.bytes(page);
  }

  private byte[] lines() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Object item : items) {
      out.writeBytes(Json.bytes(item));
      out.write('\n');
    }
    return out.toByteArray();
  }

  private HttpResponse linked(HttpRequest request, HttpResponse response) {
    if (next == null) {
      return response;
    }
    List<Pair<String, String>> query = new ArrayList<>(request.getUri().query().toList());
    query.removeIf(each -> each.first().equals("cursor"));
    query.add(Pair.create("cursor", next));
    Uri rest = request.getUri().toRelative().query(Query.create(query));
    return response.addHeader(RawHeader.create("Link", "<" + rest + ">; rel=\"next\""));
  }
}
