// The MVC store front and the routes. MVC reason phrases are free text; Web API routes ignore case.
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
  public class StoreController : Controller {
    public ActionResult Index() {
      ViewBag.Message="Legacy store";
      return View(Store.All());
    }

    public ActionResult Json1() { return Json(Store.All().Take(1), JsonRequestBehavior.AllowGet); }
    public ActionResult JsonDenied() { return Json(new{a=1}); }
    public ActionResult Details(int id) {
      var o=Store.Get(id);
      if(o==null) return HttpNotFound("no such order");
      return Content("Order "+o.OrderID, "text/plain");
    }

    public ActionResult Go() {
      TempData["m"]="hi";
      return RedirectToAction("Index");
    }

    [System.Web.Mvc.HttpPost] public ActionResult Create(Order o) {
      if(!ModelState.IsValid) return new HttpStatusCodeResult(400, "Bad model");
      return Content("created "+o.CustomerName);
    }
  }

  public class App : HttpApplication {
    protected void Application_Start() {
      Console.Error.WriteLine("Application_Start");
      try {
        RegisterApi();
      } catch (Exception e) {
        Console.Error.WriteLine("webapi: "+e);
      }

      try {
        RegisterMvc();
      } catch (Exception e) {
        Console.Error.WriteLine("mvc: "+e);
      }
    }

    void RegisterApi() {
      GlobalConfiguration.Configuration.Routes.MapHttpRoute("api","api/{controller}/{id}", new { id = System.Web.Http.RouteParameter.Optional });
    }

    void RegisterMvc() {
      RouteTable.Routes.IgnoreRoute("{resource}.axd/{*pathInfo}");
      RouteTable.Routes.MapRoute("mvc","{controller}/{action}/{id}", new { action="Index", id=UrlParameter.Optional }, new { controller="Store" });
    }
  }
}
