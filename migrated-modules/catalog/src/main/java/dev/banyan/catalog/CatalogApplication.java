package dev.banyan.catalog;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import org.eclipse.microprofile.config.ConfigProvider;

/** Says where the catalog listens, once it does, and waits for the end. */
public final class CatalogApplication implements QuarkusApplication {

  @Override
  public int run(String... args) {
    String host = ConfigProvider.getConfig().getValue("quarkus.http.host", String.class);
    // Quarkus sets this property to the port that it got, also where 0 was asked for.
    String port = ConfigProvider.getConfig().getValue("quarkus.http.port", String.class);
    System.out.println("catalog: listening on http://" + host + ":" + port);
    System.out.flush();

    Quarkus.waitForExit();
    return 0;
  }
}
