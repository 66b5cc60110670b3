// Stands in the first page, before anything is painted. Links of the time when that was the program's own page go on to
// explore.html with all that they hold. Old browsers read it too.
(function () {
  "use strict";
  var root = document.documentElement;
  var last = location.pathname.slice(location.pathname.lastIndexOf("/") + 1);
  // "/glassrec" in place of "/glassrec/": every address in the page is then one folder too high.
  var folder = last && last.indexOf(".") < 0 ? last + "/" : "";

  function forward() {
    if (/^#?(answer|better|main)?$/.test(location.hash)) return;
    root.hidden = true;
    location.replace(folder + (location.hash === "#results" ? "results.html" : "explore.html" + location.search + location.hash));
  }

  root.className = "is-scripted";
  addEventListener("hashchange", forward);
  addEventListener("error", function (event) {
    if (folder && event.target.tagName === "LINK") location.replace(folder + location.search + location.hash);
  }, true);
  forward();
})();
