// Mail programs and editors spell a link's "#" as %23 and its "&" as &amp;. A host then looks for a file of that name.
(function () {
  "use strict";
  var path = location.pathname;
  var at = path.indexOf("%23");
  if (at < 0) return;
  var fragment = path.slice(at + 3) + location.search + location.hash;
  location.replace(path.slice(0, at) + "#" + fragment.replace(/&amp;|%26amp;|%26/g, "&").replace(/%3D/g, "="));
})();
