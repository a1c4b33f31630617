/* The zip for offline readers is offered to those who read online. */
(function () {
  "use strict";
  if (!location.protocol.startsWith("http")) return;
  document.querySelectorAll("[data-online]").forEach(function (element) {
    element.hidden = false;
  });
})();
