package dev.banyan.app.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.banyan.parity.Difference;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Writes the values of the pure rooms in the words of the REST contract. */
@Singleton
public class AdminJson implements ObjectMapperCustomizer {
  @Override
  public void customize(ObjectMapper mapper) {
    mapper.registerModule(new SimpleModule("banyan-words").addSerializer(new KindWord()));
  }

  private static final class KindWord extends StdSerializer<Difference.Kind> {
    private static final long serialVersionUID = 1;

    KindWord() {
      super(Difference.Kind.class);
    }

    @Override
    public void serialize(Difference.Kind kind, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(kind.word());
    }
  }
}
