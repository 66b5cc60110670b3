// The one script that stands in the pages themselves. It says why Glassrec does not start or has stopped, so it may need
// nothing that can fail: no file, no module, no WebAssembly. The policy allows it by its hash. Old browsers read it too.
//
// Without it the notice of notice.html still appears: style/base.css shows it after some seconds.
(function () {
  "use strict";
  var PATIENCE_MILLIS = 10000;
  var notice = null;
  var words = null;
  var isBegun = false;

  var isStarted = function () { return notice !== null && !document.contains(notice); };
  var nameOf = function (url) { return url.split(/[?#]/)[0].replace(new URL("./", location.href).href, ""); };

  function show() {
    if (notice === null || words === null) return;
    notice.querySelector("h1").textContent = words[0];
    notice.querySelector("[data-cause]").textContent = words[1];
    // A list of guesses, where the cause is not known.
    notice.querySelector("ul").hidden = words[2];
    notice.classList.add("is-due");
  }

  /** The first cause that is known stays. */
  function say(heading, cause, isKnown) {
    if (isStarted() || (words !== null && words[2])) return;
    words = [heading, cause, isKnown];
    show();
  }
  function cannotStart(cause) { say("Glassrec cannot start", cause, true); }

  /** Cached HTML may belong to an older build than the files: a reload brings its own. Once: the second time it is no cure. */
  function reloadOnce() {
    if (isStarted()) return true;
    var visit = performance.getEntriesByType("navigation")[0];
    if (!visit || visit.type === "reload") return false;
    location.reload();
    return true;
  }

  /** A file of the page is not here or cannot be used: finds out why. */
  function failed(url) {
    if (isStarted()) return;
    var name = nameOf(url);
    if (self.origin === "null") {
      return cannotStart("This frame keeps the page from its own files (" + name + "). Open the page in a window of its own.");
    }
    var ask = function (address) { return fetch(address, { method: "HEAD", cache: "no-store" }); };
    ask(url).then(function (response) {
      var type = response.headers.get("content-type") || "of no type";
      if (!response.ok || /^text\/html/.test(type)) {
        // "/glassrec" in place of "/glassrec/": every address in the page is then one folder too high.
        var folder = location.pathname + "/";
        var isFolder = /\/[^\/.]+$/.test(location.pathname);
        return (isFolder ? ask(folder + name) : Promise.resolve({ ok: false })).then(function (below) {
          if (below.ok && !/^text\/html/.test(below.headers.get("content-type") || "")) {
            return location.replace(folder + location.search + location.hash);
          }
          if (!reloadOnce()) cannotStart("The server does not have " + name + ". Tell the site’s owner.");
        });
      }
      if (/\.js$/.test(name) && !/javascript|ecmascript/.test(type)) {
        return cannotStart("The server sends " + name + " as " + type + "; a browser runs it as text/javascript only. Tell the site’s owner.");
      }
      if (!reloadOnce()) cannotStart(name + " arrived but cannot be used: it is damaged, belongs to another version, or was held back by an extension.");
    }).catch(function () {
      cannotStart(name + " did not arrive. Check the connection and reload the page.");
    });
  }

  /** The program on the page has crashed: nothing that is still shown can be trusted, and nothing of it works. */
  function stopped() {
    if (notice === null) return;
    document.body.textContent = "";
    words = ["Glassrec has stopped", "A fault of its own ended the program on this page. Reload the page: your films are in its address.", true];
    var page = document.createElement("div");
    page.className = "page";
    page.appendChild(notice);
    document.body.appendChild(page);
    show();
  }

  var isCrash = function (error) { return typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError; };

  addEventListener("error", function (event) {
    var it = event.target;
    if (it.tagName === "SCRIPT") return failed(it.src);
    if (it.tagName === "LINK") return it.rel === "stylesheet" ? failed(it.href) : undefined;
    if (isCrash(event.error)) return stopped();
    // What extensions do has another address, or none.
    if (event.filename && event.filename.indexOf(location.origin) === 0) failed(event.filename);
  }, true);
  addEventListener("unhandledrejection", function (event) {
    if (isCrash(event.reason)) stopped();
  });

  /** The files of the page that have not come yet. */
  function awaited() {
    var here = performance.getEntriesByType("resource").map(function (it) { return it.name; });
    var wanted = document.querySelectorAll("link[rel=stylesheet], link[rel=preload], link[rel=modulepreload], script[src]");
    var urls = [].map.call(wanted, function (it) { return it.href || it.src; });
    return urls.filter(function (url) { return here.indexOf(url) < 0; }).map(nameOf);
  }

  function losePatience() {
    if (isStarted()) return;
    var files = awaited();
    // Half a script may be one that does nothing.
    if (files.length === 0 && !isBegun) failed(document.querySelector("script[src]").src);
    if (files.length > 0) say("Glassrec has not started yet", "Still on its way: " + files.slice(0, 3).join(", ") + ".", false);
    // A sheet that never comes keeps everything from being painted.
    [].forEach.call(document.querySelectorAll("link[rel=stylesheet]"), function (it) { if (!it.sheet) it.remove(); });
  }

  function read() {
    if (document.readyState === "loading" || notice !== null) return;
    notice = document.getElementById("cannot-start");
    // By itself the link would leave the films of the address behind.
    notice.querySelector("[data-reload]").addEventListener("click", function (event) {
      event.preventDefault();
      location.reload();
    });
    var alone = notice.querySelector("[data-alone]");
    alone.hidden = self === top;
    alone.addEventListener("mousedown", function () { alone.href = location.href; });
    alone.href = location.href;
    show();
  }

  // What mail programs and editors do to a link on its way.
  if (/&amp;/.test(location.hash)) history.replaceState(history.state, "", location.hash.replace(/&amp;/g, "&"));
  if (location.protocol === "file:") cannotStart("It was opened as a file. Browsers run it from a web server only: “make demo” starts one.");
  else if (typeof WebAssembly !== "object") cannotStart("WebAssembly is switched off in this browser, as Lockdown Mode and some security settings do. Allow it for this site and reload the page.");
  document.addEventListener("readystatechange", read);
  setTimeout(losePatience, PATIENCE_MILLIS);
  self.glassrecGuard = { begun: function () { isBegun = true; }, cannotStart: cannotStart, failed: failed, stopped: stopped };
})();
