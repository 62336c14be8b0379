package dev.banyan.bench;

import dev.banyan.bench.Servers.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The proxies that Banyan is compared with, each where it is installed or can be built. */
final class Peers {
  private final Servers servers;
  private final Certificate certificate;

  Peers(Servers servers, Certificate certificate) {
    this.servers = servers;
    this.certificate = certificate;
  }

  Optional<Server> nginx(Wire wire, int upstream) throws IOException {
    String listen = (wire.encrypted() ? " ssl" : "") + (wire.http2() ? " http2" : "");
    return nginx(
        "nginx", listen, "upstream up { server 127.0.0.1:%d; %s }".formatted(upstream, KEPT), "");
  }

  /** With a copy of every request to another upstream, whose answers nobody looks at. */
  Optional<Server> nginxWithMirror(int upstream, int candidate) throws IOException {
    return nginx(
        "nginx mirror",
        "",
        "upstream up { server 127.0.0.1:%d; %s } upstream copy { server 127.0.0.1:%d; %s }"
            .formatted(upstream, KEPT, candidate, KEPT),
        """
        mirror /copy; mirror_request_body on;
        location = /copy {
          internal; proxy_pass http://copy$request_uri; proxy_http_version 1.1;
          proxy_set_header Connection ""; proxy_set_header Host $host;
        }
        """);
  }

  /**
   * An upstream off the measured core that answers with JSON, as cheaply as there is one: legacy,
   * candidate and generator share a core, and wait for one another the longer, the busier it is.
   */
  Server upstream(int bytes) throws IOException {
    Optional<Path> program = servers.find("nginx");
    if (program.isEmpty()) {
      return servers.canned(CannedServer.Mode.JSON, bytes);
    }
    int port = Servers.freePort();
    Path folder = Files.createDirectories(servers.folder().resolve("upstream" + port));
    String config =
        """
        daemon off; worker_processes 1; pid %1$s/nginx.pid; error_log %1$s/nginx.log;
        events { worker_connections 4096; }
        http {
          access_log off; client_body_temp_path %1$s/b; proxy_temp_path %1$s/p;
          fastcgi_temp_path %1$s/f; uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
          keepalive_requests 100000000; default_type application/json;
          server { listen 127.0.0.1:%2$d; location / { return 200 '%3$s'; } }
        }
        """
            .formatted(folder, port, CannedServer.body(bytes));
    Path file = Files.writeString(folder.resolve("nginx.conf"), config);
    return servers.other(
        "upstream", List.of(program.get().toString(), "-c", file.toString()), port);
  }

  private static final String KEPT = "keepalive 256; keepalive_requests 100000000;";

  private Optional<Server> nginx(String name, String listen, String upstreams, String more)
      throws IOException {
    Optional<Path> program = servers.find("nginx");
    if (program.isEmpty()) {
      return Optional.empty();
    }
    int port = Servers.freePort();
    Path folder = Files.createDirectories(servers.folder().resolve(name.replace(' ', '-') + port));
    String config =
        """
        daemon off; worker_processes 1; pid %1$s/nginx.pid; error_log %1$s/nginx.log;
        events { worker_connections 4096; }
        http {
          access_log off; client_body_temp_path %1$s/b; proxy_temp_path %1$s/p;
          fastcgi_temp_path %1$s/f; uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
          keepalive_requests 100000000; http2_max_concurrent_streams 256;
          ssl_certificate %2$s; ssl_certificate_key %3$s;
          %4$s
          server {
            listen 127.0.0.1:%5$d%6$s;
            %7$s
            location / {
              proxy_pass http://up; proxy_http_version 1.1; proxy_set_header Connection "";
              proxy_set_header Host $host; proxy_set_header X-Forwarded-For $remote_addr;
              proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Forwarded-Host $host;
            }
          }
        }
        """
            .formatted(
                folder,
                certificate.certificate(),
                certificate.key(),
                upstreams,
                port,
                listen,
                more);
    Path file = Files.writeString(folder.resolve("nginx.conf"), config);
    return Optional.of(
        servers.measured(name, List.of(program.get().toString(), "-c", file.toString()), port));
  }

  Optional<Server> haproxy(Wire wire, int upstream) throws IOException {
    Optional<Path> program = servers.find("haproxy");
    if (program.isEmpty()) {
      return Optional.empty();
    }
    int port = Servers.freePort();
    String bind =
        switch (wire) {
          case PLAIN -> "";
          case TLS -> " ssl crt " + certificate.both() + " alpn http/1.1";
          case H2 -> " proto h2";
          case TLS_H2 -> " ssl crt " + certificate.both() + " alpn h2,http/1.1";
        };
    String config =
        """
        global
          nbthread 1
          maxconn 4096
        defaults
          mode http
          timeout connect 5s
          timeout client 60s
          timeout server 60s
          option forwardfor
          http-reuse always
        frontend in
          bind 127.0.0.1:%d%s
          default_backend up
        backend up
          server one 127.0.0.1:%d
        """
            .formatted(port, bind, upstream);
    Path file = Files.writeString(servers.folder().resolve("haproxy" + port + ".cfg"), config);
    return Optional.of(
        servers.measured(
            "haproxy", List.of(program.get().toString(), "-db", "-f", file.toString()), port));
  }

  /** Spring Cloud Gateway, from the module beside this one; empty where it cannot be built. */
  Optional<Server> gateway(Wire wire, int upstream) throws IOException, InterruptedException {
    Path module = servers.home().resolve("facade/bench/gateway");
    Path jar = module.resolve("target/gateway.jar");
    if (!Files.exists(jar) && !build(module)) {
      return Optional.empty();
    }
    int port = Servers.freePort();
    List<String> command = new ArrayList<>(List.of(Servers.java(), "-Xmx512m"));
    command.add("-Dreactor.netty.ioWorkerCount=1");
    command.add("-Dpeer.upstream=http://127.0.0.1:" + upstream);
    command.add("-Dserver.address=127.0.0.1");
    command.add("-Dserver.port=" + port);
    command.add("-Dserver.http2.enabled=" + wire.http2());
    if (wire.encrypted()) {
      command.add("-Dserver.ssl.certificate=" + certificate.certificate().toUri());
      command.add("-Dserver.ssl.certificate-private-key=" + certificate.key().toUri());
    }
    command.addAll(List.of("-cp", jar + ":" + module.resolve("target/lib") + "/*", GATEWAY_CLASS));
    return Optional.of(servers.measured("gateway", command, port));
  }

  private static final String GATEWAY_CLASS = "dev.banyan.bench.gateway.GatewayPeer";

  private boolean build(Path module) throws IOException, InterruptedException {
    System.err.println("banyan bench: building Spring Cloud Gateway (the first time downloads)…");
    long begun = System.nanoTime();
    List<String> command =
        List.of(
            servers.home().resolve("mvnw").toString(),
            "-B",
            "-q",
            "-U",
            "-f",
            module.resolve("pom.xml").toString(),
            "package");
    Process maven = new ProcessBuilder(command).inheritIO().start();
    boolean built = maven.waitFor() == 0;
    System.err.printf(
        "banyan bench: %s after %d s%n",
        built ? "built" : "NOT built: Spring Cloud Gateway is left out",
        Duration.ofNanos(System.nanoTime() - begun).toSeconds());
    return built;
  }
}
