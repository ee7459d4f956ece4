package io.hourglass.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** {@code openapi.yaml} as a test reads it: its operations and its schemas. */
final class OpenApiDocument {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");
  private static final Pattern PARAMETER = Pattern.compile("\\{[^}]+}");
  private static final SchemaValidatorsConfig FORMATS = SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  static final OpenApiDocument SERVED = new OpenApiDocument(read());

  private final ObjectNode document;
  private final ObjectNode closedComponents;
  private final List<Operation> operations = new ArrayList<>();
  private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

  private OpenApiDocument(ObjectNode document) {
    this.document = document;
    this.closedComponents = ClosedSchemas.of((ObjectNode) document.get("components"));
    document.get("paths").properties().forEach(path -> path.getValue().properties().stream().filter(each -> METHODS.contains(each.getKey())).forEach(each ->
        operations.add(new Operation(each.getKey().toUpperCase(Locale.ROOT), path.getKey(), each.getValue(), parameters(path.getValue(), each.getValue())))));
    operations.sort(Comparator.comparingInt(operation -> operation.path().length() - PARAMETER.matcher(operation.path()).replaceAll("").length()));
  }

  /** As YAML 1.1, in which more words than true and false are no text: many tools still read it so. */
  private static ObjectNode read() {
    try (InputStream in = OpenApiDocument.class.getResourceAsStream("/openapi.yaml")) {
      LoaderOptions options = new LoaderOptions();
      options.setAllowDuplicateKeys(false);
      return JSON.valueToTree(new Yaml(options).load(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** @param path with names in braces @param parameters resolved, those of the path included */
  record Operation(String method, String path, JsonNode node, List<JsonNode> parameters) {

    private boolean at(String asked) {
      String pattern = PARAMETER.splitAsStream(path + " ").map(Pattern::quote).collect(Collectors.joining("[^/]+"));
      return (asked + " ").matches("(?s)" + pattern);
    }
  }

  private List<JsonNode> parameters(JsonNode path, JsonNode operation) {
    List<JsonNode> parameters = new ArrayList<>();
    path.path("parameters").forEach(each -> parameters.add(resolved(each)));
    operation.path("parameters").forEach(each -> parameters.add(resolved(each)));
    return parameters;
  }

  List<Operation> operations() {
    return operations;
  }

  /** What the path as it is asked for, still encoded, may be asked for; paths without parameters go before. */
  List<Operation> at(String path) {
    Optional<String> template = operations.stream().filter(each -> each.at(path)).map(Operation::path).findFirst();
    return operations.stream().filter(each -> template.filter(each.path()::equals).isPresent()).toList();
  }

  /** What a reference leads to. */
  JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
  }

  /** Why a value is not as the schema says, formats included; a member that the schema does not name is a fault. Empty when it is. */
  Set<String> faults(JsonNode schema, JsonNode value) {
    return schemas.computeIfAbsent(schema.toString(), text -> compiled(schema)).validate(value).stream().map(Object::toString).collect(Collectors.toSet());
  }

  /** References lead to the document's components, so these stand beside it. */
  private JsonSchema compiled(JsonNode schema) {
    ObjectNode whole = JSON.createObjectNode();
    whole.set("components", closedComponents);
    whole.setAll((ObjectNode) schema.deepCopy());
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole, FORMATS);
  }
}
