// SPDX-License-Identifier: Apache-2.0
// Points at the number of a figure, or at a term of the glossary: a small box shows it, by mouse and by keyboard. The
// figures are scripts of their own in previews/, loaded when they are wanted, so that it works without a network.

const previewFigures = {};
// Called by previews/ANCHOR.js.
function bookFigure(anchor, html) { previewFigures[anchor].resolve(html); }

function loadFigure(anchor) {
  if (!previewFigures[anchor]) {
    const waiting = previewFigures[anchor] = {};
    waiting.promise = new Promise((resolve, reject) => {
      waiting.resolve = resolve;
      const script = document.createElement("script");
      script.src = `previews/${anchor}.js`;
      script.onerror = reject;
      document.head.append(script);
    });
  }
  return previewFigures[anchor].promise;
}

// What the box shows of a link: a promise of HTML.
function previewOf(link) {
  const anchor = decodeURIComponent(link.hash.slice(1));
  if (link.classList.contains("figure-ref")) return loadFigure(anchor).then((html) => `<b>${link.textContent}</b><div class="figure-narrow">${html}</div>`);
  const [term, chinese, meaning] = window.bookGlossary[anchor];
  return Promise.resolve(`<b>${term}</b>${chinese ? ` <span lang="zh">${chinese}</span>` : ""}<p>${meaning}</p>`);
}

class Preview {
  constructor() {
    this.box = document.createElement("div");
    Object.assign(this.box, {id: "preview", className: "preview contents", hidden: true});
    this.box.setAttribute("role", "tooltip");
    document.body.append(this.box);
    this.box.addEventListener("pointerenter", () => clearTimeout(this.timer));
    this.box.addEventListener("pointerleave", () => this.close());
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") this.close(); });
    addEventListener("scroll", () => { if (this.moved()) this.close(); }, {passive: true});
  }
  later(milliseconds, act) {
    clearTimeout(this.timer);
    this.timer = setTimeout(act, milliseconds);
  }
  async open(link) {
    clearTimeout(this.timer);
    if (this.link === link) return;
    this.close();
    this.link = link;
    const html = await previewOf(link);
    if (this.link !== link) return;  // the reader has gone on
    this.box.innerHTML = html;
    this.box.classList.toggle("of-figure", link.classList.contains("figure-ref"));
    this.box.hidden = false;
    link.setAttribute("aria-describedby", "preview");
    this.at = link.getClientRects()[0];
    this.place(this.at);
  }
  // Whether the page was scrolled since the box was opened.
  moved() { return this.link && this.at && Math.abs(this.link.getClientRects()[0].top - this.at.top) > 4; }
  // Below the link where there is room, else above it, else beside it; never beyond the window.
  place(at) {
    const {offsetWidth: width, offsetHeight: height} = this.box, wide = document.documentElement.clientWidth;
    const below = innerHeight - at.bottom > height + 12, above = at.top > height + 12;
    const top = below || !above ? at.bottom + 6 : at.top - height - 6;
    const beside = at.right + width + 18 < wide ? at.right + 12 : at.left - width - 12;
    const left = below || above || beside < 6 ? at.left : beside;
    this.box.style.left = `${Math.max(6, Math.min(left, wide - width - 6))}px`;
    this.box.style.top = `${Math.max(6, Math.min(top, innerHeight - height - 6))}px`;
  }
  close() {
    clearTimeout(this.timer);
    this.link?.removeAttribute("aria-describedby");
    this.link = this.at = null;
    this.box.hidden = true;
  }
}

document.addEventListener("DOMContentLoaded", () => {
  const preview = new Preview();
  for (const link of document.querySelectorAll("a.term, a.figure-ref")) {
    // A finger does not point: a touch follows the link.
    const pointed = (act) => (event) => { if (event.pointerType !== "touch") act(); };
    link.addEventListener("pointerenter", pointed(() => preview.later(150, () => preview.open(link))));
    link.addEventListener("pointerleave", pointed(() => preview.later(200, () => preview.close())));
    link.addEventListener("focus", () => { if (link.matches(":focus-visible")) preview.open(link); });
    link.addEventListener("blur", () => preview.close());
  }
});
