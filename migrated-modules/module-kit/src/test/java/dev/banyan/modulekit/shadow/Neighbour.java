package dev.banyan.modulekit.shadow;

import jakarta.ws.rs.POST;

/** Another service. */
public interface Neighbour {
  @POST
  String tell(String what);
}
