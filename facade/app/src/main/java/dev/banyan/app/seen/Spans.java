package dev.banyan.app.seen;

import dev.banyan.app.privacy.Privacy;
import dev.banyan.app.seen.SeenRequest.Kind;
import dev.banyan.proxy.RequestFacts;
import dev.banyan.proxy.TracePolicy;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Makes a span of each sampled request and of each copy, after the fact and on the aftermath's
 * thread. The copy's span begins a trace of its own and is linked to the request's: nothing a
 * candidate does shows up below what the client waited for.
 */
@Singleton
class Spans {
  private final Privacy privacy;
  private final TracePolicy policy;
  private final SpentIds ids = new SpentIds();
  private final @Nullable SdkTracerProvider provider;
  private final @Nullable Tracer tracer;

  Spans(
      Privacy privacy,
      @ConfigProperty(name = "banyan.tracing.endpoint") Optional<String> own,
      @ConfigProperty(name = "otel.exporter.otlp.endpoint") Optional<String> standard,
      @ConfigProperty(name = "banyan.tracing.ratio", defaultValue = "0.1") double ratio) {
    this.privacy = privacy;
    Optional<String> endpoint = own.or(() -> standard).filter(text -> !text.isBlank());
    this.policy = endpoint.isPresent() ? TracePolicy.spans(ratio) : TracePolicy.PASS_ON;
    this.provider = endpoint.map(this::provider).orElse(null);
    this.tracer = provider == null ? null : provider.get("banyan");
  }

  private SdkTracerProvider provider(String endpoint) {
    String base = endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
    OtlpHttpSpanExporter exporter =
        OtlpHttpSpanExporter.builder().setEndpoint(base + "/v1/traces").build();
    return SdkTracerProvider.builder()
        .setIdGenerator(ids)
        // Who is not sampled does not come here.
        .setSampler(Sampler.alwaysOn())
        .setResource(
            Resource.getDefault()
                .merge(Resource.create(Attributes.builder().put("service.name", "banyan").build())))
        .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
        .build();
  }

  TracePolicy policy() {
    return policy;
  }

  boolean wanted() {
    return tracer != null;
  }

  boolean wants(@Nullable RequestFacts facts) {
    if (tracer == null || facts == null) {
      return false;
    }
    String sent = facts.trace();
    return sent != null && TraceFlags.fromHex(sent, 53).isSampled();
  }

  void make(SeenRequest request) {
    Tracer to = tracer;
    String sent = request.facts().trace();
    if (to == null || sent == null) {
      return;
    }
    boolean control = request.kind() == Kind.CONTROL;
    ids.next(sent.substring(3, 35), sent.substring(36, 52));
    SpanBuilder building =
        to.spanBuilder((control ? "" : "shadow ") + request.decision().route().id())
            .setSpanKind(control ? SpanKind.SERVER : SpanKind.CLIENT)
            .setStartTimestamp(beganNanos(request), TimeUnit.NANOSECONDS);
    String cause = request.facts().cause();
    if (cause == null) {
      building.setNoParent();
    } else if (control) {
      building.setParent(Context.root().with(Span.wrap(remote(cause))));
    } else {
      building.setNoParent().addLink(remote(cause));
    }
    Span span = attributes(building, request).startSpan();
    if (request.failure() != null || request.status() >= 500) {
      span.setStatus(StatusCode.ERROR, request.failure() == null ? "" : request.failure());
    }
    span.end(TimeUnit.MILLISECONDS.toNanos(request.endedMillis()), TimeUnit.NANOSECONDS);
  }

  private SpanBuilder attributes(SpanBuilder to, SeenRequest request) {
    var decision = request.decision();
    boolean control = request.kind() == Kind.CONTROL;
    to.setAttribute("http.request.method", request.facts().method())
        .setAttribute("url.path", privacy.masking().target(request.facts().path()))
        .setAttribute("banyan.route", decision.route().id())
        .setAttribute("banyan.stage", decision.stage().text())
        .setAttribute("banyan.role", control ? "control" : "candidate")
        .setAttribute("banyan.side", Labels.of(request.side()));
    String lost = request.fellBackFrom();
    if (lost != null) {
      to.setAttribute("banyan.fell_back_from", lost);
    }
    if (request.attempts().retries() > 0) {
      to.setAttribute("banyan.retries", request.attempts().retries());
    }
    if (request.failure() == null) {
      to.setAttribute("http.response.status_code", request.status());
    } else {
      to.setAttribute("error.type", request.failure());
    }
    return to;
  }

  private static long beganNanos(SeenRequest request) {
    return TimeUnit.MILLISECONDS.toNanos(request.endedMillis()) - request.duration().toNanos();
  }

  private static SpanContext remote(String traceparent) {
    return SpanContext.createFromRemoteParent(
        traceparent.substring(3, 35),
        traceparent.substring(36, 52),
        TraceFlags.fromHex(traceparent, 53),
        TraceState.getDefault());
  }

  /** Sends what still waits, for a moment. */
  void close() {
    if (provider != null) {
      provider.shutdown().join(2, TimeUnit.SECONDS);
    }
  }
}
