package dev.banyan.app.offline;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import io.grpc.StatusRuntimeException;
import io.grpc.reflection.v1.ErrorResponse;
import io.grpc.reflection.v1.FileDescriptorResponse;
import io.grpc.reflection.v1.ListServiceResponse;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reflection that answers what a test wants it to. */
final class ScriptedReflection extends ServerReflectionGrpc.ServerReflectionImplBase {
  /** The question stays without any answer. */
  static final List<FileDescriptorProto> SILENCE = List.of(ShopFiles.file("silence"));

  private final String service;
  private final Function<ServerReflectionRequest, List<FileDescriptorProto>> files;

  /**
   * @param service the only one that is listed
   * @param files the answer to a symbol or a file name; none for not found
   */
  ScriptedReflection(
      String service, Function<ServerReflectionRequest, List<FileDescriptorProto>> files) {
    this.service = service;
    this.files = files;
  }

  @Override
  public StreamObserver<ServerReflectionRequest> serverReflectionInfo(
      StreamObserver<ServerReflectionResponse> answers) {
    return new StreamObserver<>() {
      @Override
      public void onNext(ServerReflectionRequest question) {
        try {
          ServerReflectionResponse answer = answer(question);
          if (!answer.equals(ServerReflectionResponse.getDefaultInstance())) {
            answers.onNext(answer);
          }
        } catch (StatusRuntimeException refused) {
          answers.onError(refused);
        }
      }

      @Override
      public void onError(Throwable left) {
        // The client has heard enough.
      }

      @Override
      public void onCompleted() {
        answers.onCompleted();
      }
    };
  }

  private ServerReflectionResponse answer(ServerReflectionRequest question) {
    ServerReflectionResponse.Builder answer = ServerReflectionResponse.newBuilder();
    if (question.hasListServices()) {
      return answer
          .setListServicesResponse(
              ListServiceResponse.newBuilder()
                  .addService(ServiceResponse.newBuilder().setName(service)))
          .build();
    }
    List<FileDescriptorProto> found = files.apply(question);
    if (found.equals(SILENCE)) {
      return ServerReflectionResponse.getDefaultInstance();
    }
    if (found.isEmpty()) {
      return answer
          .setErrorResponse(
              ErrorResponse.newBuilder().setErrorCode(5).setErrorMessage("nothing\u001b[2J here"))
          .build();
    }
    Stream<ByteString> bytes = found.stream().map(FileDescriptorProto::toByteString);
    return answer
        .setFileDescriptorResponse(
            FileDescriptorResponse.newBuilder().addAllFileDescriptorProto(bytes.toList()))
        .build();
  }
}
