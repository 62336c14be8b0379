package dev.banyan.modulekit.shadow;

/** A shadow request asked for something that could leave a trace. */
public final class ShadowRefusedException extends RuntimeException {

  ShadowRefusedException(String what) {
    super(what);
  }
}
