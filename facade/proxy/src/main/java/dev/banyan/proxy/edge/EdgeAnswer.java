package dev.banyan.proxy.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** The last answer of a connection, given below the server that reads requests. */
final class EdgeAnswer {
  private EdgeAnswer() {}

  /** Where no codec stands between here and the socket. */
  static void sendBytesAndLeave(ChannelHandlerContext at, int code, RefusalReason reason) {
    String json = json(code, reason);
    String answer =
        "HTTP/1.1 "
            + HttpResponseStatus.valueOf(code)
            + "\r\nContent-Type: application/problem+json\r\nContent-Length: "
            + json.length()
            + "\r\nConnection: close\r\n\r\n"
            + json;
    Leaving.begin(
        at.channel(), at.writeAndFlush(Unpooled.copiedBuffer(answer, StandardCharsets.US_ASCII)));
  }

  private static String json(int code, RefusalReason reason) {
    return "{\"type\":\"about:blank\",\"title\":\""
        + HttpResponseStatus.valueOf(code).reasonPhrase()
        + "\",\"status\":"
        + code
        + ",\"detail\":\""
        + reason.word()
        + "\"}";
  }

  static void sendAndLeave(ChannelHandlerContext at, int code, RefusalReason reason) {
    HttpResponseStatus status = HttpResponseStatus.valueOf(code);
    String json = json(code, reason);
    ByteBuf body = Unpooled.copiedBuffer(json, StandardCharsets.US_ASCII);
    DefaultFullHttpResponse answer =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
    HttpHeaders headers = answer.headers();
    headers.set("Content-Type", "application/problem+json");
    headers.set("Content-Length", body.readableBytes());
    headers.set("Connection", "close");
    Leaving.begin(at.channel(), at.writeAndFlush(answer));
  }
}
