package dev.banyan.orders;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import org.eclipse.microprofile.config.ConfigProvider;

/** Says where the service listens, once it does, and waits for the end. */
@QuarkusMain
public final class OrdersApplication implements QuarkusApplication {

  @Override
  public int run(String... args) {
    String host = ConfigProvider.getConfig().getValue("quarkus.http.host", String.class);
    // Quarkus sets this property to the port that it got, also where 0 was asked for.
    String port = ConfigProvider.getConfig().getValue("quarkus.http.port", String.class);
    System.out.println("orders: listening on http://" + host + ":" + port);
    System.out.flush();

    Quarkus.waitForExit();
    return 0;
  }
}
