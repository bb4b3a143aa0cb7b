// The box to sign in. Without this script a typed name or a photo of the paper still signs.
let loading = null;

function library() {
  loading ??= new Promise((resolve, reject) => {
    if (window.SignaturePad) return resolve(window.SignaturePad);
    const script = document.createElement("script");
    script.src = new URL("../vendor/signature_pad.min.js", import.meta.url);
    script.addEventListener("load", () => resolve(window.SignaturePad));
    script.addEventListener("error", reject);
    document.head.append(script);
  });
  return loading;
}

async function attach(box) {
  const SignaturePad = await library();
  const room = box.querySelector("[data-signature-pad]");
  const canvas = room.querySelector("canvas");
  const drawn = box.querySelector("[data-signature-drawn]");
  room.hidden = false;
  // Always dark ink on white, in dark mode too: it is printed on paper.
  const pad = new SignaturePad(canvas, { penColor: "#141828", backgroundColor: "#ffffff", minWidth: 0.8, maxWidth: 2.4 });

  function fit() {
    const strokes = pad.toData();
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    canvas.width = canvas.offsetWidth * ratio;
    canvas.height = canvas.offsetHeight * ratio;
    canvas.getContext("2d").scale(ratio, ratio);
    pad.clear();
    if (strokes.length) pad.fromData(strokes);
    else if (drawn.value) pad.fromDataURL(drawn.value, { width: canvas.offsetWidth, height: canvas.offsetHeight });
    room.classList.toggle("is-signed", Boolean(drawn.value));
  }

  pad.addEventListener("endStroke", () => {
    drawn.value = pad.toDataURL("image/png");
    room.classList.add("is-signed");
  });
  room.querySelector("[data-signature-clear]").addEventListener("click", () => {
    pad.clear();
    drawn.value = "";
    room.classList.remove("is-signed");
  });
  // A pad inside a closed sheet has no size yet: fit it whenever its size becomes known or changes.
  let width = 0;
  new ResizeObserver(() => {
    if (canvas.offsetWidth && canvas.offsetWidth !== width) {
      width = canvas.offsetWidth;
      fit();
    }
  }).observe(canvas);
}

export function start(root = document) {
  for (const box of root.querySelectorAll("[data-signature]:not([data-ready])")) {
    box.dataset.ready = "1";
    attach(box);
  }
}
