/** Shows a sentence in a browser that is too old for the page. It is no module, and such a browser can run it. */
(function () {
  if ("noModule" in HTMLScriptElement.prototype && "hasOwn" in Object && "CSS" in window && CSS.supports("color", "color-mix(in srgb, red, red)")) return;
  var place = document.getElementById("old");
  if (!place) return;
  place.textContent = "This browser is too old for Parley. It needs Firefox 115, Safari 16.4, Chrome or Edge 111, or a newer one.";
})();
