// Mail programs and editors spell a link's "#" as %23 and its "&" as &amp;. A host then looks for a file of that name.
(function () {
  "use strict";
  var path = location.pathname;
  var at = path.indexOf("%23");
  if (at < 0) return;
  var fragment = path.slice(at + 3) + location.search + location.hash;
  // What links to the first page hold belongs to Explore; see forward.js.
  var page = path.slice(0, at).replace(/\/(index\.html)?$/, "/explore.html");
  location.replace(page + "#" + fragment.replace(/&amp;|%26amp;|%26/g, "&").replace(/%3D/g, "="));
})();
