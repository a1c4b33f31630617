/* Browsers start no worker from a file. On file: pages this stands in for Worker: it runs the
   script in a hidden frame of the same page and passes messages both ways. */
(function () {
  "use strict";
  if (location.protocol !== "file:") return;

  function loadScript(frame, url) {
    return new Promise(function (resolve, reject) {
      var script = frame.document.createElement("script");
      script.src = url;
      script.onload = resolve;
      script.onerror = reject;
      frame.document.body.appendChild(script);
    });
  }

  class FrameWorker extends EventTarget {
    constructor(url) {
      super();
      var worker = this;
      this.onmessage = null;
      this.onerror = null;
      this.element = document.createElement("iframe");
      this.element.hidden = true;
      document.body.appendChild(this.element);
      this.frame = this.element.contentWindow;
      this.frame.postMessage = function (data) {
        var event = new MessageEvent("message", { data: data });
        worker.dispatchEvent(event);
        if (worker.onmessage) worker.onmessage(event);
      };
      this.frame.importScripts = function () {
        return Array.from(arguments).reduce(function (before, each) {
          return before.then(function () {
            return loadScript(worker.frame, each);
          });
        }, Promise.resolve());
      };
      this.ready = loadScript(this.frame, new URL(url, location.href).href);
    }

    postMessage(data) {
      var frame = this.frame;
      this.ready.then(function () {
        frame.dispatchEvent(new MessageEvent("message", { data: data }));
      });
    }

    terminate() {
      this.element.remove();
    }
  }

  /* The theme's worker looks for this name to find its language files. */
  window.IFrameWorker = FrameWorker;
  window.Worker = FrameWorker;
})();
