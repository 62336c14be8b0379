package dev.banyan.modulekit.shadow;

import io.smallrye.config.SmallRyeConfig;
import jakarta.ws.rs.Priorities;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;

/** Puts the filter on every REST client that is made, declared or built by hand. */
public final class OutgoingShadowListener implements RestClientListener {

  @Override
  public void onNewClient(Class<?> serviceInterface, RestClientBuilder builder) {
    ShadowSettings settings =
        ConfigProvider.getConfig()
            .unwrap(SmallRyeConfig.class)
            .getConfigMapping(ShadowSettings.class);
    builder.register(
        new OutgoingShadow(settings.passOnTo().orElse(List.of())), Priorities.USER + 1000);
  }
}
