// Host.cs - hosts an ASP.NET (System.Web) application on System.Net.HttpListener. Public API only.
using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Text;
using System.Threading;
using System.Web;
using System.Web.Hosting;

namespace LegacyHosting {
  public class Program {
    public static int Main(string[] a) {
      int port = a.Length > 0 ? int.Parse(a[0]) : 5080;
      string dir = Path.GetFullPath(a.Length > 1 ? a[1] : ".");
      var h = (ListenerHost)ApplicationHost.CreateApplicationHost(typeof(ListenerHost), "/", dir);
      h.Start("127.0.0.1", port, dir);
      Console.Out.WriteLine("listening on http://127.0.0.1:" + port + "/ root " + dir);
      Console.Out.Flush();
      var stop = new ManualResetEvent(false);
      Console.CancelKeyPress += (s, e) => {
        e.Cancel = true;
        stop.Set();
      }
      ;
      stop.WaitOne();
      return 0;
    }
  }

  public class ListenerHost : MarshalByRefObject {
    HttpListener l;
    string dir;
    public override object InitializeLifetimeService() { return null; }
    public void Start(string host, int port, string d) {
      dir = d;
      l = new HttpListener();
      l.Prefixes.Add("http://*:" + port + "/");
      l.IgnoreWriteExceptions = true;
      l.Prefixes.Clear();
      l.Prefixes.Add("http://" + host + ":" + port + "/");
      l.Start();
      for (int i = 0; i < 4; i++) l.BeginGetContext(Got, null);
    }

    void Got(IAsyncResult r) {
      HttpListenerContext c = null;
      try {
        c = l.EndGetContext(r);
      } catch (Exception) {
      }
      try {
        l.BeginGetContext(Got, null);
      } catch (Exception) {
      }
      if (c == null) return;
      try {
        HttpRuntime.ProcessRequest(new Req(c, dir));
      } catch (Exception e) {
        Console.Error.WriteLine(e);
        try {
          c.Response.Abort();
        } catch (Exception) {
        }
      }
    }
  }
}
