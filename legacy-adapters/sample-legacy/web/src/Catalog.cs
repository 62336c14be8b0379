// The catalogue, once as an ASMX service (SOAP 1.1, 1.2, form posts, script JSON) and once as Web API.
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
  [WebService(Namespace="http://legacy.example/catalog/", Description="Legacy catalog")]   [WebServiceBinding(ConformsTo=WsiProfiles.BasicProfile1_1)]   [System.Web.Script.Services.ScriptService]
  public class CatalogService : WebService {
    [WebMethod(Description="Price of a SKU")] public decimal GetPrice(string sku) {
      if (sku=="bad") throw new SoapException("Unknown SKU", SoapException.ClientFaultCode, "http://legacy.example/catalog");
      return 411.50m;
    }

    [WebMethod] public Order[] ListOrders() {
      return Store.All().Select(o=>{ var c=new Order{OrderID=o.OrderID,CustomerName=o.CustomerName,OrderDate=o.OrderDate,ShippedDate=o.ShippedDate,Status=o.Status,Total=o.Total,RowGuid=o.RowGuid,RowVersion=o.RowVersion,Lines=o.Lines,Notes=o.Notes}; return c;}).ToArray();
    }

    [WebMethod(EnableSession=true)] public int Counter() {
      int n=(int)(Session["soapn"]??0)+1;
      Session["soapn"]=n;
      return n;
    }

    [WebMethod] public string Fail() {
      throw new InvalidOperationException("kaboom");
    }
  }

  public class ProductsController : ApiController {
    static readonly List<OrderLine> ps = new List<OrderLine>{ new OrderLine{Sku="AB-1",Quantity=5,UnitPrice=9.90m}, new OrderLine{Sku="CD-2",Quantity=0,UnitPrice=100m} };
    public IEnumerable<OrderLine> Get() { return ps; }
    public HttpResponseMessage Get(string id) {
      // Mono's binder at times hands over the id of another request under way; the route data is this one's.
      id = (string)Request.GetRouteData().Values["id"];
      var p = ps.FirstOrDefault(x=>x.Sku==id);
      return p==null ? Request.CreateResponse(HttpStatusCode.NotFound, "Product "+id+" not found") : Request.CreateResponse(HttpStatusCode.OK, p);
    }

    public HttpResponseMessage Post(OrderLine p) {
      var r = Request.CreateResponse(HttpStatusCode.Created, p);
      r.Headers.Location=new Uri(Request.RequestUri, "/api/products/"+p.Sku);
      return r;
    }

    public void Delete(string id) {
    }

    public string Put(string id) {
      throw new InvalidOperationException("put failed");
    }
  }
}
