package dev.banyan.modulekit.shadow;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** What a shadow request asks of others is asked as shadow, of those who are known to obey it. */
final class OutgoingShadow implements ClientRequestFilter {

  private final List<String> passOnTo;

  OutgoingShadow(List<String> passOnTo) {
    this.passOnTo = passOnTo.stream().map(host -> host.strip().toLowerCase(Locale.ROOT)).toList();
  }

  /**
   * @throws ShadowRefusedException where the host is not on the list
   */
  @Override
  public void filter(ClientRequestContext call) {
    ShadowRequest shadow = ShadowRequest.current();
    if (shadow == null) {
      return;
    }
    if (!isKnown(call.getUri())) {
      throw shadow.refused(
          "call to "
              + call.getUri().getAuthority()
              + " (expected: a host of banyan.shadow.pass-on-to)");
    }
    call.getHeaders().putSingle(ShadowAdmission.MARK, "1");
  }

  private boolean isKnown(URI target) {
    String host = target.getHost();
    if (host == null) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT);
    return passOnTo.contains(name) || passOnTo.contains(name + ":" + target.getPort());
  }
}
