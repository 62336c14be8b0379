package dev.banyan.app.reflection;

import io.grpc.MethodDescriptor;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;

/** The versions of server reflection. They differ in nothing but their names. */
public enum Reflection {
  V1("grpc.reflection.v1"),
  /** All that servers had until 2023, and many in .NET still have. */
  V1ALPHA("grpc.reflection.v1alpha");

  private final String packageName;

  Reflection(String packageName) {
    this.packageName = packageName;
  }

  public String packageName() {
    return packageName;
  }

  MethodDescriptor<ServerReflectionRequest, ServerReflectionResponse> method() {
    return ServerReflectionGrpc.getServerReflectionInfoMethod().toBuilder()
        .setFullMethodName(packageName + ".ServerReflection/ServerReflectionInfo")
        .build();
  }

  /** Whether a service is reflection itself. */
  static boolean isService(String name) {
    return name.startsWith("grpc.reflection.");
  }
}
