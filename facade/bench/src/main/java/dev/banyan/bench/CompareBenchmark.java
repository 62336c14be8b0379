package dev.banyan.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.flipkart.zjsonpatch.JsonDiff;
import dev.banyan.parity.Body;
import dev.banyan.parity.Comparer;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.rules.CompareProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.json.JSONException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.skyscreamer.jsonassert.JSONCompare;
import org.skyscreamer.jsonassert.JSONCompareMode;
import org.skyscreamer.jsonassert.JSONCompareResult;

/** One comparison of two bodies, from their bytes to the verdict; run by {@link CompareBench}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CompareBenchmark {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Comparer COMPARER = Comparer.of(CompareProfile.DOTNET_JSON);

  /** The name of a {@link ComparePairs}. */
  @Param({"BYTES"})
  public String pair = "BYTES";

  private byte[] control = new byte[0];
  private byte[] candidate = new byte[0];
  private Observation left = new Observation.Failed("none", Duration.ZERO);
  private Observation right = left;

  /** Makes the pair. */
  @Setup
  public void prepare() {
    ComparePairs pairs = ComparePairs.valueOf(pair);
    control = pairs.control().getBytes(StandardCharsets.UTF_8);
    candidate = pairs.candidate().getBytes(StandardCharsets.UTF_8);
    left = answer(control);
    right = answer(candidate);
    boolean same = COMPARER.compare(left, right) instanceof Comparison.Match;
    if (same == (pairs == ComparePairs.CHANGED)) {
      throw new IllegalStateException("pair: " + pair + " (expected: judged as it was made)");
    }
  }

  static Observation answer(byte[] body) {
    Headers headers =
        new Headers(List.of(new Headers.Field("Content-Type", "application/json; charset=utf-8")));
    return new Observation.Answered(
        200, headers, new Body.Whole(body), Headers.NONE, Duration.ZERO, Duration.ZERO);
  }

  /** Status, headers and body by the profile {@code dotnet-json}. */
  @Benchmark
  public Comparison banyan() {
    return COMPARER.compare(left, right);
  }

  /** Members in any order, arrays in theirs. */
  @Benchmark
  public JSONCompareResult jsonAssert() throws JSONException {
    return JSONCompare.compareJSON(
        new String(control, StandardCharsets.UTF_8),
        new String(candidate, StandardCharsets.UTF_8),
        JSONCompareMode.STRICT);
  }

  /** Read by Jackson. */
  @Benchmark
  public JsonNode zjsonpatch() throws IOException {
    return JsonDiff.asJson(MAPPER.readTree(control), MAPPER.readTree(candidate));
  }
}
