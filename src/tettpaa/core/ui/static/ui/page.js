// Small things that htmx does not do: drawer, focus after a swap, closing of panels. All pages work without it.
(() => {
  "use strict";
  let opener = null;

  const drawer = () => document.getElementById("drawer");

  function closeDrawer() {
    if (!drawer().firstElementChild) return;
    drawer().replaceChildren();
    document.querySelectorAll("[data-drawer][aria-current]").forEach((link) => link.removeAttribute("aria-current"));
    if (opener && opener.isConnected) opener.focus();
    opener = null;
  }

  // What must be read first after a form came back: the error summary, else what asked for focus.
  function focusIn(root) {
    const wanted = root.querySelector("[data-focus]");
    if (wanted) wanted.focus();
  }

  // A box that scrolls must be reachable by keyboard; one that does not should be no stop.
  function markScrolling(root) {
    root.querySelectorAll("[data-scrolls]").forEach((box) => {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    });
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-drawer]");
    if (link) {
      document.querySelectorAll("[data-drawer][aria-current]").forEach((one) => one.removeAttribute("aria-current"));
      link.setAttribute("aria-current", "true");
      opener = link;
    }
    if (event.target.closest("[data-close-drawer]")) closeDrawer();
    if (event.target.closest("[data-print]")) window.print();
    document.querySelectorAll("details[data-closes][open]").forEach((panel) => {
      if (!panel.contains(event.target)) panel.open = false;
    });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const panel = document.querySelector("details[data-closes][open]");
    if (panel) {
      panel.open = false;
      panel.querySelector("summary").focus();
    } else closeDrawer();
  });

  document.addEventListener("htmx:after:settle", (event) => {
    const target = event.target instanceof Element ? event.target : document.body;
    markScrolling(document);
    if (target.id === "drawer") {
      const heading = target.querySelector("[tabindex='-1']");
      if (heading) heading.focus();
    } else focusIn(target);
  });

  window.addEventListener("resize", () => markScrolling(document));
  // The script is deferred: the page is parsed when it runs.
  markScrolling(document);
  focusIn(document);
})();
