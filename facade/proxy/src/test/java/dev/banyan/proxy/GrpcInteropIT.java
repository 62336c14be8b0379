package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.banyan.rules.Decision;
import dev.banyan.rules.Upstream;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.testing.integration.EmptyProtos;
import io.grpc.testing.integration.Messages.SimpleRequest;
import io.grpc.testing.integration.TestServiceClient;
import io.grpc.testing.integration.TestServiceGrpc;
import io.grpc.testing.integration.TestServiceImpl;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The interoperability tests of gRPC, their client and their server, with a facade between. Without
 * the probes of client compression, which this server does not answer as the client expects, facade
 * or not.
 */
final class GrpcInteropIT {
  private final Rig rig = new Rig();
  private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(2);
  private final List<Server> servers = new ArrayList<>();

  @AfterEach
  void close() {
    rig.close();
    servers.forEach(Server::shutdownNow);
    timers.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "empty_unary",
        "large_unary",
        "client_compressed_unary_noprobe",
        "server_compressed_unary",
        "client_streaming",
        "client_compressed_streaming_noprobe",
        "server_streaming",
        "server_compressed_streaming",
        "ping_pong",
        "empty_stream",
        "custom_metadata",
        "status_code_and_message",
        "special_status_message",
        "unimplemented_method",
        "unimplemented_service",
        "cancel_after_begin",
        "cancel_after_first_response",
        "timeout_on_sleeping_server",
        "very_large_request"
      })
  void passesThroughTheFacade(String testCase) throws Throwable {
    Upstream upstream = server();
    rig.deciding((head, ticket) -> Decisions.serve(upstream));
    TestServiceClient client = new TestServiceClient();
    call(
        client,
        "parseArgs",
        (Object)
            new String[] {
              "--server_host=127.0.0.1",
              "--server_port=" + rig.facade().port(),
              "--use_tls=false",
              "--test_case=" + testCase
            });
    call(client, "setUp");
    try {
      call(client, "run");
    } finally {
      call(client, "tearDown");
    }
  }

  @Test
  void methodsOfOneServiceGoToDifferentSides() throws IOException {
    Upstream one = server();
    Upstream other = server();
    List<String> paths = new CopyOnWriteArrayList<>();
    rig.deciding(
        (head, ticket) -> {
          boolean empty = head.path().equals("/grpc.testing.TestService/EmptyCall");
          paths.add(head.path() + (empty ? " one" : " other"));
          return Decisions.serve(empty ? one : other);
        });
    ManagedChannel channel = channel();
    TestServiceGrpc.TestServiceBlockingStub stub = TestServiceGrpc.newBlockingStub(channel);
    stub.emptyCall(EmptyProtos.Empty.getDefaultInstance());
    stub.unaryCall(SimpleRequest.newBuilder().setResponseSize(3).build());
    channel.shutdownNow();
    assertThat(paths)
        .containsExactly(
            "/grpc.testing.TestService/EmptyCall one", "/grpc.testing.TestService/UnaryCall other");
  }

  @Test
  void anUpstreamThatIsGoneIsUnavailable() throws IOException {
    Upstream upstream = server();
    servers.forEach(Server::shutdownNow);
    rig.deciding((head, ticket) -> Decisions.serve(upstream));
    assertThat(statusOf(Duration.ofSeconds(5))).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void aRefusedMethodIsAStatusOfGrpc() {
    rig.deciding(
        (head, ticket) -> new Decision.Refuse(403, "refused by a rule", Optional.of("internals")));
    assertThat(statusOf(Duration.ofSeconds(5))).isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  @Test
  void theDeadlineOfTheClientIsTheFacadesToo() {
    ScriptedUpstream deaf = new ScriptedUpstream((line, head) -> line.untilLeft());
    rig.upstream(deaf);
    // Again where the client, on a busy machine, gave up before it had sent anything.
    await()
        .untilAsserted(
            () -> {
              assertThat(statusOf(Duration.ofMillis(400))).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
              assertThat(rig.kept().served()).isNotEmpty();
            });
    assertThat(rig.kept().firstFailure()).isIn("answer-timeout", "client-left");
  }

  private Status.Code statusOf(Duration deadline) {
    ManagedChannel channel = channel();
    try {
      StatusRuntimeException[] failure = new StatusRuntimeException[1];
      assertThatThrownBy(
              () ->
                  TestServiceGrpc.newBlockingStub(channel)
                      .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
                      .emptyCall(EmptyProtos.Empty.getDefaultInstance()))
          .isInstanceOfSatisfying(StatusRuntimeException.class, e -> failure[0] = e);
      return failure[0].getStatus().getCode();
    } finally {
      channel.shutdownNow();
    }
  }

  private ManagedChannel channel() {
    return NettyChannelBuilder.forAddress("127.0.0.1", rig.facade().port()).usePlaintext().build();
  }

  private Upstream server() throws IOException {
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .maxInboundMessageSize(64 << 20)
            .addService(
                ServerInterceptors.intercept(
                    new TestServiceImpl(timers), TestServiceImpl.interceptors()))
            .build()
            .start();
    servers.add(server);
    return new Upstream(
        "grpc",
        List.of(URI.create("http://127.0.0.1:" + server.getPort())),
        Upstream.Protocol.HTTP2,
        Duration.ofSeconds(2),
        Duration.ofSeconds(20),
        200);
  }

  /** The client is a program: what it does is not public. */
  private static void call(TestServiceClient client, String name, Object... arguments)
      throws Throwable {
    for (Method method : TestServiceClient.class.getDeclaredMethods()) {
      if (method.getName().equals(name) && method.getParameterCount() == arguments.length) {
        method.setAccessible(true);
        try {
          method.invoke(client, arguments);
        } catch (InvocationTargetException e) {
          throw e.getTargetException();
        }
        return;
      }
    }
    throw new IllegalStateException(name + ": no such method (expected: as in grpc-java)");
  }
}
