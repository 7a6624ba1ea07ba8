// Makes a chart interactive when it scrolls into view. On any failure the picture from the server stays.
(() => {
  "use strict";
  const libraries = (document.currentScript.dataset.libraries || "").split(" ").filter(Boolean);
  const language = document.documentElement.lang;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const narrow = window.matchMedia("(max-width: 640px)");
  const norwegian = { decimal: ",", thousands: "\u202f", grouping: [3], currency: ["", "\u00a0kr"], minus: "\u2212" };
  const english = { decimal: ".", thousands: ",", grouping: [3], currency: ["NOK\u00a0", ""], minus: "\u2212" };
  let loading = null;

  function load(address) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = () => reject(new Error(address));
      document.head.append(script);
    });
  }

  // One after the other: each library expects the one before it. Loaded once, only on pages with charts.
  function loadAll() {
    loading ??= libraries.reduce((before, address) => before.then(() => load(address)), Promise.resolve());
    return loading;
  }

  // No eval, no style elements, no menu: what the content security policy allows.
  const options = {
    ast: true,
    actions: false,
    defaultStyle: false,
    renderer: "svg",
    tooltip: { disableDefaultStyle: true },
    formatLocale: language === "en" ? english : norwegian,
  };

  async function draw(figure) {
    const address = (dark.matches && figure.dataset.specDark) || figure.dataset.spec;
    const [answer] = await Promise.all([fetch(address, { headers: { Accept: "application/json" } }), loadAll()]);
    if (!answer.ok) return;
    const place = document.createElement("div");
    place.className = "drawn";
    place.hidden = true;
    figure.append(place);
    try {
      const made = await window.vegaEmbed(place, await answer.json(), options);
      show(figure, place, made);
    } catch (error) {
      place.remove();
      console.warn("chart", error);
    }
  }

  function show(figure, place, made) {
    const picture = figure.querySelector("picture");
    const drawing = place.querySelector("svg");
    drawing.setAttribute("role", "img");
    drawing.setAttribute("aria-label", picture.querySelector("img").alt);
    drawing.removeAttribute("aria-roledescription");
    figure.querySelectorAll(".drawn").forEach((old) => {
      if (old !== place) old.remove();
    });
    if (figure.drawnChart) figure.drawnChart.finalize();
    figure.drawnChart = made;
    place.hidden = false;
    picture.hidden = true;
  }

  // On paper and on a phone the picture is the better one: it has its own size and theme.
  function usePicture(figure) {
    const picture = figure.querySelector("picture");
    picture.hidden = false;
    figure.querySelectorAll(".drawn").forEach((drawn) => { drawn.hidden = true; });
  }

  function start(figure) {
    if (narrow.matches && figure.querySelector("source[media*='max-width']")) return;
    draw(figure).catch((error) => console.warn("chart", error));
  }

  const seen = new IntersectionObserver((entries) => {
    entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
      seen.unobserve(entry.target);
      start(entry.target);
    });
  }, { rootMargin: "200px" });

  function observe(root) {
    root.querySelectorAll(".chart[data-spec]").forEach((figure) => {
      if (!figure.drawnChart) seen.observe(figure);
    });
  }

  const drawnCharts = () => [...document.querySelectorAll(".chart[data-spec]")].filter((figure) => figure.drawnChart);
  dark.addEventListener("change", () => drawnCharts().forEach(start));
  window.addEventListener("beforeprint", () => drawnCharts().forEach(usePicture));
  window.addEventListener("afterprint", () => drawnCharts().forEach(start));
  document.addEventListener("htmx:after:settle", () => observe(document));
  observe(document);
})();
