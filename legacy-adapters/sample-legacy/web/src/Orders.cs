// Orders: one store, two serializers. JavaScriptSerializer writes PascalCase, /Date(n)/ and enums as
// numbers; DataContractJsonSerializer writes dictionaries as Key/Value arrays. decimals keep their scale.
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
  public enum OrderStatus {
    Pending, Shipped, Cancelled
  }

  [DataContract(Namespace="http://legacy.example/orders")]
  public class OrderLine {
    [DataMember] public string Sku { get; set; }
    [DataMember] public int Quantity { get; set; }
    [DataMember] public decimal UnitPrice { get; set; }
  }

  [DataContract(Namespace="http://legacy.example/orders")]
  public class Order {
    [DataMember] public int OrderID { get; set; }
    [DataMember] public string CustomerName { get; set; }
    [DataMember] public DateTime OrderDate { get; set; }
    [DataMember] public DateTime? ShippedDate { get; set; }
    [DataMember] public OrderStatus Status { get; set; }
    [DataMember] public decimal Total { get; set; }
    [DataMember] public Guid RowGuid { get; set; }
    [DataMember] [System.Xml.Serialization.XmlIgnore] public TimeSpan Lead { get; set; }
    [DataMember] public byte[] RowVersion { get; set; }
    [DataMember] public List<OrderLine> Lines { get; set; }
    [DataMember] [System.Xml.Serialization.XmlIgnore] public Dictionary<string,string> Attributes { get; set; }
    [DataMember(EmitDefaultValue=false)] public string Notes { get; set; }
  }

  public class Store {
    static readonly List<Order> orders = Seed();
    static int next = 10003;
    static List<Order> Seed() {
      var l = new List<Order>();
      l.Add(new Order { 
        OrderID=10001, CustomerName="O'Brien & S\u00f6hne <GmbH>",
        OrderDate=new DateTime(2014,3,9,14,5,30,250,DateTimeKind.Utc), ShippedDate=null,
        Status=OrderStatus.Pending, Total=1234.50m,
        RowGuid=new Guid("6f9619ff-8b86-d011-b42d-00c04fc964ff"), Lead=new TimeSpan(2,3,0,0),
        RowVersion=new byte[]{0,0,0,0,0,0,7,209},
        Lines=new List<OrderLine>{ new OrderLine{Sku="AB-1/2",Quantity=3,UnitPrice=411.50m} },
        Attributes=new Dictionary<string,string>{{"po","PO 17"},{"gift","no"}} });
      l.Add(new Order { 
        OrderID=10002, CustomerName="\u5c71\u7530\u592a\u90ce",
        OrderDate=new DateTime(2014,3,10,0,0,0,DateTimeKind.Unspecified), ShippedDate=new DateTime(2014,3,12,8,0,0,DateTimeKind.Local),
        Status=OrderStatus.Shipped, Total=0.1m,
        RowGuid=Guid.Empty,
        Lines=new List<OrderLine>(),
        Notes="line1\nline2 \"q\" </script>" });
      return l;
    }

    public static List<Order> All() {
      lock(orders) return orders.ToList();
    }

    public static Order Get(int id) {
      lock(orders) return orders.FirstOrDefault(o=>o.OrderID==id);
    }

    public static Order Add(Order o) {
      lock(orders) {
        o.OrderID=next++;
        orders.Add(o);
      }

      return o;
    }

    // The body replaces every member; the number stays.
    public static bool Replace(int id, Order o) {
      lock(orders) {
        int at = orders.FindIndex(x=>x.OrderID==id);
        if (at < 0) return false;
        o.OrderID = id;
        orders[at] = o;
        return true;
      }
    }

    public static bool Remove(int id) {
      lock(orders) return orders.RemoveAll(o=>o.OrderID==id)>0;
    }
  }

  public class OrdersHandler : IHttpHandler, IRequiresSessionState {
    public bool IsReusable { get { return true; } }
    public void ProcessRequest(HttpContext c) {
      var js = new JavaScriptSerializer();
      c.Response.ContentType = "application/json";
      switch (c.Request.HttpMethod) {
        case "GET":
        {
          string id = c.Request.QueryString["id"];
          if (id == null) {
            c.Response.Write(js.Serialize(Store.All()));
            return;
          }
          var o = Store.Get(int.Parse(id));
          // FormatException -> YSOD 500
          if (o == null) {
            NotFound(c, js, id);
            return;
          }
          c.Response.Write(js.Serialize(o));
          return;
        }
        case "POST":
        {
          string body = new StreamReader(c.Request.InputStream, c.Request.ContentEncoding).ReadToEnd();
          var o = js.Deserialize<Order>(body);
          string id = c.Request.QueryString["id"];
          if (id != null) {
            if (!Store.Replace(int.Parse(id), o)) {
              NotFound(c, js, id);
              return;
            }
            c.Response.Write(js.Serialize(new { d = o }));
            return;
          }
          Store.Add(o);
          c.Response.StatusCode = 201;
          c.Response.AddHeader("Location", "/Orders.ashx?id="+o.OrderID);
          c.Response.Write(js.Serialize(new { d = o }));
          return;
        }
        case "DELETE":
        c.Response.StatusCode = Store.Remove(int.Parse(c.Request.QueryString["id"])) ? 204 : 404;
        return;
        default:
        c.Response.StatusCode = 405;
        c.Response.AddHeader("Allow","GET, POST, DELETE");
        return;
      }
    }

    static void NotFound(HttpContext c, JavaScriptSerializer js, string id) {
      c.Response.StatusCode = 404;
      c.Response.StatusDescription = "Order Not Found";
      c.Response.Write(js.Serialize(new { Message="No order "+id, ExceptionType=(string)null }));
    }
  }

  // OrdersDc.ashx : DataContractJsonSerializer, /Date(n+zzzz)/, dictionary as Key/Value array
  public class OrdersDcHandler : IHttpHandler {
    public bool IsReusable { get { return true; } }
    public void ProcessRequest(HttpContext c) {
      c.Response.ContentType = "application/json; charset=utf-8";
      new DataContractJsonSerializer(typeof(List<Order>)).WriteObject(c.Response.OutputStream, Store.All());
    }
  }
}
