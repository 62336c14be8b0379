// What a proxy gets wrong: cookies with ";" in the value, raw UTF-8 header bytes, flushed and aborted
// bodies, own reason phrases, relative redirects, leaking error pages.
using System;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Runtime.Serialization;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Threading;
using System.Web;
using System.Web.Http;
using System.Web.Mvc;
using System.Web.Routing;
using System.Web.Script.Serialization;
using System.Web.Services;
using System.Web.Services.Protocols;
using System.Web.SessionState;

namespace Legacy {
  public class EchoHandler : IHttpHandler {
    public bool IsReusable { get { return true; } }
    public void ProcessRequest(HttpContext c) {
      c.Response.ContentType = "text/plain";
      var w = c.Response.Output;
      w.WriteLine(c.Request.HttpMethod+" RawUrl="+c.Request.RawUrl+" Path="+c.Request.Path+" FilePath="+c.Request.FilePath+" PathInfo="+c.Request.PathInfo+" QS="+c.Request.QueryString);
      w.WriteLine("Url="+c.Request.Url+" UserHostAddress="+c.Request.UserHostAddress+" IsSecure="+c.Request.IsSecureConnection);
      foreach (string k in c.Request.Headers.AllKeys.OrderBy(x=>x)) w.WriteLine(k+": "+c.Request.Headers[k]);
      foreach (string k in c.Request.Form.AllKeys) w.WriteLine("form "+k+"="+c.Request.Form[k]);
      foreach (string k in c.Request.Files.AllKeys) w.WriteLine("file "+k+"="+c.Request.Files[k].FileName+" "+c.Request.Files[k].ContentLength);
      foreach (string k in c.Request.Cookies.AllKeys) w.WriteLine("cookie "+k+"="+c.Request.Cookies[k].Value);
    }
  }

  public class StreamHandler : IHttpHandler {
    public bool IsReusable { get { return true; } }
    public void ProcessRequest(HttpContext c) {
      c.Response.ContentType = "text/plain";
      c.Response.BufferOutput = false;
      int n = int.Parse(c.Request.QueryString["n"] ?? "3");
      for (int i=0;i<n;i++) {
        c.Response.Write("chunk "+i+"\n");
        c.Response.Flush();
        Thread.Sleep(int.Parse(c.Request.QueryString["ms"] ?? "20"));
      }
    }
  }

  public class MiscHandler : IHttpHandler, IRequiresSessionState {
    public bool IsReusable { get { return true; } }
    public void ProcessRequest(HttpContext c) {
      switch (c.Request.QueryString["do"]) {
        case "redirect":
        c.Response.Redirect("~/Orders.ashx?id=10001");
        return;
        case "redirectperm":
        c.Response.RedirectPermanent("/Orders.ashx");
        return;
        case "throw":
        throw new InvalidOperationException("Boom: connection string is Server=db;Pwd=secret");
        case "http403":
        throw new HttpException(403, "Forbidden by policy");
        case "cookies":
        {
          c.Response.Cookies.Add(new HttpCookie("theme","dark") { Expires=new DateTime(2030,1,2,3,4,5,DateTimeKind.Utc), Path="/" });
          var mv = new HttpCookie("prefs") { HttpOnly=true, Secure=true };
          mv["lang"]="de-DE";
          mv["size"]="10";
          c.Response.Cookies.Add(mv);
          c.Response.Cookies.Add(new HttpCookie("uml","Gr\u00fc\u00dfe; a=b, c") );
          c.Response.Write("ok");
          return;
        }
        case "session":
        {
          int n = (int)(c.Session["n"] ?? 0) + 1;
          c.Session["n"]=n;
          c.Response.Write("n="+n);
          return;
        }
        case "latin1":
        c.Response.ContentType="text/plain";
        c.Response.Charset="iso-8859-1";
        c.Response.ContentEncoding=Encoding.GetEncoding("iso-8859-1");
        c.Response.Write("Gr\u00fc\u00dfe");
        return;
        case "file":
        c.Response.AddHeader("Content-Disposition","attachment; filename=\"r\u00e9sum\u00e9.csv\"");
        c.Response.ContentType="text/csv";
        c.Response.BinaryWrite(new byte[]{0xEF,0xBB,0xBF,0x61,0x3B,0x62,0x0D,0x0A});
        return;
        case "cache":
        c.Response.Cache.SetCacheability(HttpCacheability.Public);
        c.Response.Cache.SetMaxAge(TimeSpan.FromMinutes(5));
        c.Response.Cache.SetETag("\"v1\"");
        c.Response.Cache.SetLastModified(new DateTime(2014,1,1,0,0,0,DateTimeKind.Utc));
        c.Response.Write("cached");
        return;
        case "nocache":
        c.Response.Cache.SetCacheability(HttpCacheability.NoCache);
        c.Response.Cache.SetNoStore();
        c.Response.Write("nc");
        return;
        case "teapot":
        c.Response.StatusCode=418;
        c.Response.Status="418 I am \"legacy\"";
        c.Response.Write("t");
        return;
        case "gone":
        c.Response.StatusCode=410;
        c.Response.SuppressContent=true;
        return;
        case "sleep":
        Thread.Sleep(int.Parse(c.Request.QueryString["ms"]));
        c.Response.Write("slept");
        return;
        case "abort":
        c.Response.Write("partial");
        c.Response.Flush();
        c.Response.Close();
        return;
        default:
        c.Response.Write("misc");
        return;
      }
    }
  }
}
