// One HttpListener request as System.Web wants to see it.
using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Text;
using System.Threading;
using System.Web;
using System.Web.Hosting;

namespace LegacyHosting {
  class Req : HttpWorkerRequest {
    readonly HttpListenerContext c;
    readonly string root;
    readonly string rawPath, query;
    string path, filePath, pathInfo;
    bool sent;
    long len = -1;
    HttpWorkerRequest.EndOfSendNotification eos;
    object eosData;
    byte[] body;
    public Req(HttpListenerContext x, string r) {
      c = x;
      root = r;
      string raw = c.Request.RawUrl;
      int q = raw.IndexOf('?');
      query = q < 0 ? "" : raw.Substring(q + 1);
      rawPath = q < 0 ? raw : raw.Substring(0, q);
      path = HttpUtility.UrlDecode(rawPath.Replace("+", "%2B"));
      path = Canon(path);
      filePath = path;
      pathInfo = "";
      int i = 1;
      // "/Orders.ashx/extra" -> file + path info
      while (true) {
        int s = path.IndexOf('/', i);
        string p = s < 0 ? path : path.Substring(0, s);
        if (p.LastIndexOf('.') > p.LastIndexOf('/') && File.Exists(Phys(p))) {
          filePath = p;
          pathInfo = path.Substring(p.Length);
          break;
        }
        if (s < 0) break;
        i = s + 1;
      }
    }

    static string Canon(string p) {
      var o = new List<string>();
      foreach (var s in p.Split('/')) {
        if (s == "" || s == ".") continue;
        if (s == "..") {
          if (o.Count > 0) o.RemoveAt(o.Count - 1);
          continue;
        }
        o.Add(s);
      }
      return "/" + string.Join("/", o.ToArray()) + (p.EndsWith("/") && o.Count > 0 ? "/" : "");
    }

    string Phys(string v) { return Path.Combine(root, v.TrimStart('/')); }
    public override string GetUriPath() { return path; }
    public override string GetFilePath() { return filePath; }
    public override string GetPathInfo() { return pathInfo; }
    public override string GetQueryString() { return query; }
    public override byte[] GetQueryStringRawBytes() { return Encoding.ASCII.GetBytes(query); }
    public override string GetRawUrl() { return c.Request.RawUrl; }
    public override string GetHttpVerbName() { return c.Request.HttpMethod; }
    public override string GetHttpVersion() { return "HTTP/1.0"; }
    // else System.Web frames the chunks itself and HttpListener frames them again
    public override string GetRemoteAddress() { return c.Request.RemoteEndPoint.Address.ToString(); }
    public override int GetRemotePort() { return c.Request.RemoteEndPoint.Port; }
    public override string GetLocalAddress() { return c.Request.LocalEndPoint.Address.ToString(); }
    public override int GetLocalPort() { return c.Request.LocalEndPoint.Port; }
    public override string GetServerName() { return c.Request.Url.Host; }
    public override string GetProtocol() { return "http"; }
    public override bool IsSecure() { return false; }
    public override string GetAppPath() { return "/"; }
    public override string GetAppPathTranslated() { return root + "/"; }
    public override string GetFilePathTranslated() { return Phys(filePath); }
    public override string MapPath(string v) { return Phys(v ?? ""); }
    public override string GetServerVariable(string n) {
      switch (n) {
        case "SERVER_SOFTWARE":
        return "LegacyHost";
        case "HTTPS":
        return "off";
        default:
        return null;
      }
    }

    public override string GetKnownRequestHeader(int i) { return c.Request.Headers[GetKnownRequestHeaderName(i)]; }
    public override string GetUnknownRequestHeader(string n) { return c.Request.Headers[n]; }
    public override string[][] GetUnknownRequestHeaders() {
      var o = new List<string[]>();
      foreach (string k in c.Request.Headers.AllKeys) if (GetKnownRequestHeaderIndex(k) < 0) o.Add(new[] { k, c.Request.Headers[k] });
      return o.ToArray();
    }

    byte[] Body() {
      if (body == null) {
        if (!c.Request.HasEntityBody) body = new byte[0];
        else {
          var m = new MemoryStream();
          c.Request.InputStream.CopyTo(m);
          body = m.ToArray();
        }
      }
      return body;
    }

    public override byte[] GetPreloadedEntityBody() { return Body(); }
    public override bool IsEntireEntityBodyIsPreloaded() { return true; }
    public override int ReadEntityBody(byte[] b, int n) { return 0; }
    public override bool HeadersSent() { return sent; }
    public override void SendStatus(int code, string d) {
      c.Response.StatusCode = code;
      c.Response.StatusDescription = d ?? "";
    }

    public override void SendKnownResponseHeader(int i, string v) {
      Hdr(GetKnownResponseHeaderName(i), v);
    }

    public override void SendUnknownResponseHeader(string n, string v) {
      Hdr(n, v);
    }

    void Hdr(string n, string v) {
      switch (n.ToLowerInvariant()) {
        case "content-length":
        len = long.Parse(v);
        return;
        case "transfer-encoding":
        return;
        case "connection":
        if (v.ToLowerInvariant() == "close") c.Response.KeepAlive = false;
        return;
        case "keep-alive":
        return;
        case "set-cookie":
        c.Response.Headers.Add(n, v);
        return;
        case "location":
        c.Response.RedirectLocation = v;
        return;
        default:
        c.Response.AppendHeader(n, v);
        return;
      }
    }

    public override void SendCalculatedContentLength(int n) {
      len = n;
    }

    public override void SendResponseFromMemory(byte[] b, int n) {
      if (n > 0) Out(b, 0, n);
    }

    public override void SendResponseFromFile(string f, long o, long n) {
      using (var s = File.OpenRead(f)) Copy(s, o, n);
    }

    public override void SendResponseFromFile(IntPtr h, long o, long n) {
      using (var s = new FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(h, false), FileAccess.Read)) Copy(s, o, n);
    }

    void Copy(Stream s, long o, long n) {
      s.Position = o;
      var b = new byte[65536];
      while (n > 0) {
        int k = s.Read(b, 0, (int)Math.Min(n, b.Length));
        if (k <= 0) break;
        Out(b, 0, k);
        n -= k;
      }
    }

    void Out(byte[] b, int o, int n) {
      Head();
      if (c.Request.HttpMethod == "HEAD") return;
      c.Response.OutputStream.Write(b, o, n);
    }

    void Head() {
      if (sent) return;
      sent = true;
      if (len >= 0) c.Response.ContentLength64 = len;
      else c.Response.SendChunked = true;
    }

    public override void FlushResponse(bool final) {
      try {
        if (final) {
          if (!sent) {
            sent = true;
            c.Response.ContentLength64 = len >= 0 && c.Request.HttpMethod == "HEAD" ? len : 0;
          }
          c.Response.OutputStream.Close();
        } else {
          Head();
          c.Response.OutputStream.Flush();
        }
      } catch (Exception) {
      }
    }

    public override void CloseConnection() {
      try {
        c.Response.KeepAlive = false;
        c.Response.Abort();
      } catch (Exception) {
      }
    }

    public override void SetEndOfSendNotification(EndOfSendNotification cb, object d) {
      eos = cb;
      eosData = d;
    }

    public override void EndOfRequest() {
      try {
        c.Response.Close();
      } catch (Exception) {
      }
      if (eos != null) eos(this, eosData);
    }
  }
}
