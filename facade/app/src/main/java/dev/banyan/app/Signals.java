package dev.banyan.app;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Proxy;

/**
 * Signals of the operating system. The JDK supports {@code sun.misc.Signal} (module
 * jdk.unsupported) but warns of every mention of it, so it is called by name; where there is none,
 * signals keep what the JDK does with them.
 */
final class Signals {
  private static final Logger LOG = System.getLogger(Signals.class.getName());

  private Signals() {}

  /**
   * Runs the action, on a thread of its own, whenever the signal comes.
   *
   * @return false where it never does: whoever started this process had the signal ignored, as
   *     {@code nohup} does with SIGHUP, and the JDK leaves it at that
   */
  static boolean on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object runs =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                  return null;
                }
                return method.getName().equals("equals")
                    ? proxy == arguments[0]
                    : method.getName().equals("hashCode")
                        ? System.identityHashCode(proxy)
                        : "signal " + name;
              });
      Object before =
          signal
              .getMethod("handle", signal, handler)
              .invoke(null, signal.getConstructor(String.class).newInstance(name), runs);
      return before != handler.getField("SIG_IGN").get(null);
    } catch (ReflectiveOperationException notHere) {
      LOG.log(Level.WARNING, "signal " + name + " is left to the JDK: " + notHere);
      return false;
    }
  }
}
