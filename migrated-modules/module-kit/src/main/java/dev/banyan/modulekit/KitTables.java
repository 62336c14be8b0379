package dev.banyan.modulekit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where the kit's tables are: in the schema that Flyway keeps for the module. */
@ApplicationScoped
public class KitTables {

  private final String schema;

  @Inject
  KitTables(
      @ConfigProperty(name = "banyan.module.schema") Optional<String> named,
      @ConfigProperty(name = "quarkus.flyway.default-schema") Optional<String> ofFlyway) {
    String schema = named.or(() -> ofFlyway).orElse("public");
    if (!schema.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException(
          "banyan.module.schema: " + schema + " (expected: letters, digits and _)");
    }
    this.schema = schema;
  }

  /** The SQL with the schema in place of each {@code @}. */
  public String in(String sql) {
    return sql.replace("@", "\"" + schema + "\".");
  }
}
