/**
 * Asks a server of gRPC for the descriptors of its services and puts them into one set, as protoc
 * would have written it. Only the command {@code descriptors fetch} does so, on its own thread and
 * before Quarkus starts: what the facade compares by is a file that lies beside the rules
 * (docs/adr/0022-descriptors-by-reflection.md).
 */
@NullMarked
package dev.banyan.app.reflection;

import org.jspecify.annotations.NullMarked;
