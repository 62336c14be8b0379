package dev.banyan.app.reflection;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.BlockingClientCall;

/**
 * One stream of questions and answers. One question at a time, so that flow control never bites.
 */
final class ReflectionCall implements AutoCloseable {
  private final BlockingClientCall<ServerReflectionRequest, ServerReflectionResponse> call;

  ReflectionCall(BlockingClientCall<ServerReflectionRequest, ServerReflectionResponse> call) {
    this.call = call;
  }

  /**
   * @throws StatusException where the server, the connection or the time says no
   */
  ServerReflectionResponse ask(ServerReflectionRequest question)
      throws StatusException, InterruptedException {
    ServerReflectionResponse answer = call.write(question) ? call.read() : null;
    if (answer == null) {
      throw Status.DATA_LOSS
          .withDescription("the stream of reflection ended before its answer")
          .asException();
    }
    return answer;
  }

  @Override
  public void close() {
    call.cancel("all is asked", null);
  }
}
