package dev.banyan.rules;

/** Which Host an upstream gets. */
public sealed interface HostPolicy {
  /** The one that the client sent. */
  record Keep() implements HostPolicy {}

  /** The one of the URL that the request goes to. */
  record OfUpstream() implements HostPolicy {}

  /** Always this one. */
  record Named(String host) implements HostPolicy {}
}
