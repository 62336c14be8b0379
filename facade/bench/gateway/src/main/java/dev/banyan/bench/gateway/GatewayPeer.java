package dev.banyan.bench.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;

/**
 * Spring Cloud Gateway with the two routes that the facade is measured with. System properties:
 * {@code server.port}, {@code peer.upstream}.
 */
@SpringBootApplication
public class GatewayPeer {
  /** Starts it. */
  public static void main(String[] args) {
    SpringApplication.run(GatewayPeer.class, args);
  }

  @Bean
  RouteLocator routes(RouteLocatorBuilder builder) {
    String upstream = System.getProperty("peer.upstream");
    return builder
        .routes()
        .route("product", r -> r.path("/api/products/{id}").and().method("GET").uri(upstream))
        .route("everything-else", r -> r.path("/**").uri(upstream))
        .build();
  }
}
