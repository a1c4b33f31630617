/* Filter, zoom and hover for the drawn pictures. Without it they read and link all the same. */
(function () {
  "use strict";
  var figures = Array.from(document.querySelectorAll(".cf-picture"));
  var pictures = figures
    .map(function (figure) { return figure.querySelector("svg.cf-network, svg.cf-map"); })
    .filter(Boolean)
    .map(readPicture);
  if (!pictures.length) return;
  var off = { kinds: new Set(), years: new Set() };

  filterBy(document.querySelector(".cf-kinds"), "kinds", function (item) {
    var dot = item.querySelector(".cf-dot");
    return Array.from(dot.classList).find(function (name) { return name !== "cf-dot"; });
  });
  filterBy(document.querySelector(".cf-years"), "years", function (item) {
    return item.textContent.trim();
  });
  zoomBy(document.querySelector(".cf-zoom"));
  pictures.forEach(function (picture) {
    if (picture.lines.length) hover(picture);
  });

  /* A mark knows its place, kind and years; a line is known by the places of its two ends. */
  function readPicture(svg) {
    var at = {};
    var marks = Array.from(svg.querySelectorAll("a")).map(function (link) {
      var place = link.querySelector("path").getAttribute("d").slice(1).split("h")[0];
      var mark = {
        link: link, place: place, on: true, near: [],
        kind: link.classList[0], years: (link.dataset.years || "").split(" "),
      };
      at[place] = mark;
      // By keyboard, the named ones; all others stand in the list below.
      if (!link.querySelector("text")) link.setAttribute("tabindex", "-1");
      return mark;
    });
    var lines = [];
    svg.querySelectorAll(".w1, .w2").forEach(function (path) {
      path.getAttribute("d").slice(1).split("M").forEach(function (line) {
        var ends = line.split("L");
        var a = at[ends[0]], b = at[ends[1]];
        if (!a || !b) return;
        a.near.push(b);
        b.near.push(a);
        lines.push({ path: path, a: a, b: b, d: "M" + line });
      });
    });
    var box = svg.getAttribute("viewBox").split(" ").map(Number);
    return { svg: svg, marks: marks, lines: lines, full: box, box: box };
  }

  /* --- filters */

  function filterBy(legend, name, valueOf) {
    if (!legend) return;
    legend.querySelectorAll("li").forEach(function (item) {
      var value = valueOf(item);
      button(item, function (made) {
        var hidden = off[name].delete(value) ? false : Boolean(off[name].add(value));
        made.setAttribute("aria-pressed", String(!hidden));
        pictures.forEach(show);
      }).setAttribute("aria-pressed", "true");
    });
  }

  function show(picture) {
    picture.marks.forEach(function (mark) {
      var seen = mark.years.some(function (year) { return !off.years.has(year); });
      mark.on = seen && !off.kinds.has(mark.kind);
      mark.link.classList.toggle("off", !mark.on);
    });
    var paths = new Map();
    picture.lines.forEach(function (line) {
      var drawn = paths.get(line.path) || "";
      paths.set(line.path, drawn + (line.a.on && line.b.on ? line.d : ""));
    });
    paths.forEach(function (d, path) { path.setAttribute("d", d); });
  }

  /* Makes what stands in a list item a button. */
  function button(item, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.append.apply(made, Array.from(item.childNodes));
    item.append(made);
    made.addEventListener("click", function () { act(made); });
    return made;
  }

  /* --- zoom: by button, and by dragging once closer */

  function zoomBy(tools) {
    if (!tools) return;
    document.documentElement.classList.add("cf-live");
    [0.6, 1 / 0.6, 0].forEach(function (factor, number) {
      var item = tools.querySelectorAll("li")[number];
      button(item, function () {
        pictures.forEach(function (picture) { zoom(picture, factor); });
      });
    });
    pictures.forEach(drag);
  }

  function zoom(picture, factor) {
    var box = picture.box, full = picture.full;
    var wide = factor ? Math.min(full[2], Math.max(full[2] / 12, box[2] * factor)) : full[2];
    var high = wide * full[3] / full[2];
    look(picture, box[0] + (box[2] - wide) / 2, box[1] + (box[3] - high) / 2, wide, high);
  }

  function look(picture, x, y, wide, high) {
    var full = picture.full;
    x = Math.max(0, Math.min(full[2] - wide, x));
    y = Math.max(0, Math.min(full[3] - high, y));
    picture.box = [x, y, wide, high];
    picture.svg.setAttribute("viewBox", picture.box.map(Math.round).join(" "));
    var closer = wide < full[2];
    picture.svg.classList.toggle("closer", closer);
    // Type and dots keep their size on the screen; names without room before have some now.
    picture.svg.style.setProperty("--cf-scale", String(wide / full[2]));
    if (closer) nameAll(picture);
  }

  /* Gives a name to each dot that has none yet; they show while the picture is closer. */
  function nameAll(picture) {
    if (picture.named) return;
    picture.named = true;
    picture.marks.forEach(function (mark) {
      var title = mark.link.querySelector("title");
      if (mark.link.querySelector("text") || !title) return;
      var text = document.createElementNS("http://www.w3.org/2000/svg", "text");
      var place = mark.place.split(" ").map(Number);
      text.setAttribute("x", place[0]);
      text.setAttribute("y", place[1]);
      text.setAttribute("class", "z");
      text.textContent = title.textContent;
      mark.link.append(text);
    });
  }

  function drag(picture) {
    var from = null, moved = false;
    picture.svg.addEventListener("pointerdown", function (event) {
      moved = false;
      if (picture.box[2] < picture.full[2]) from = { x: event.clientX, y: event.clientY, box: picture.box };
    });
    addEventListener("pointermove", function (event) {
      if (!from) return;
      var unit = from.box[2] / picture.svg.clientWidth;
      var dx = (event.clientX - from.x) * unit, dy = (event.clientY - from.y) * unit;
      moved = moved || Math.abs(dx) + Math.abs(dy) > 4 * unit;
      if (moved) look(picture, from.box[0] - dx, from.box[1] - dy, from.box[2], from.box[3]);
    });
    addEventListener("pointerup", function () { from = null; });
    addEventListener("pointercancel", function () { from = null; });
    picture.svg.addEventListener("dragstart", function (event) { event.preventDefault(); });
    // The end of a drag is no click.
    picture.svg.addEventListener("click", function (event) {
      if (moved) event.preventDefault();
    }, true);
  }

  /* --- hover and focus: what a dot is tied to */

  function hover(picture) {
    var line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("class", "near");
    picture.svg.prepend(line);
    picture.marks.forEach(function (mark) {
      ["pointerenter", "focus"].forEach(function (name) {
        mark.link.addEventListener(name, function () { light(picture, line, mark); });
      });
      ["pointerleave", "blur"].forEach(function (name) {
        mark.link.addEventListener(name, function () { light(picture, line, null); });
      });
    });
  }

  function light(picture, line, mark) {
    var near = mark && new Set(mark.near.concat(mark));
    picture.marks.forEach(function (other) {
      other.link.classList.toggle("dim", Boolean(near) && !near.has(other));
    });
    line.setAttribute("d", !mark ? "" : mark.near
      .filter(function (other) { return other.on; })
      .map(function (other) { return "M" + mark.place + "L" + other.place; })
      .join(""));
  }
})();
