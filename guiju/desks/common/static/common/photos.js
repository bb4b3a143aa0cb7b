// Shows what was photographed, lets one picture be left out, and makes camera pictures small enough for a shop's line.
const EDGE_MAX = 2000; // pixels; a serial plate is still readable, a picture is 300-600 kB
const QUALITY = 0.85;
const SMALL_ENOUGH = 900 * 1024;

async function shrink(file) {
  if (file.size <= SMALL_ENOUGH || !/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, EDGE_MAX / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" });
  } catch {
    // What this browser cannot draw is sent as it is: the server decides.
    return file;
  }
}

function attach(box) {
  const input = box.querySelector("input[type=file]");
  const shown = box.querySelector("[data-photos-shown]");
  const model = box.querySelector("template");
  // A camera hands over one picture at a time: each new one joins those before.
  let kept = [];

  function put() {
    const parcel = new DataTransfer();
    for (const file of kept) parcel.items.add(file);
    input.files = parcel.files;
    shown.replaceChildren(...kept.map(show));
    input.dispatchEvent(new CustomEvent("photos", { bubbles: true, detail: { count: kept.length } }));
  }

  function show(file) {
    const item = model.content.firstElementChild.cloneNode(true);
    const image = item.querySelector("img");
    image.src = URL.createObjectURL(file);
    image.alt = file.name;
    image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
    item.querySelector("button").addEventListener("click", () => {
      kept = kept.filter((one) => one !== file);
      put();
      input.focus();
    });
    return item;
  }

  input.addEventListener("change", async () => {
    const fresh = [...input.files].filter((file) => !kept.includes(file));
    box.setAttribute("aria-busy", "true");
    kept = [...kept, ...(await Promise.all(fresh.map(shrink)))];
    box.removeAttribute("aria-busy");
    put();
  });
}

export function start(root = document) {
  for (const box of root.querySelectorAll("[data-photos]:not([data-ready])")) {
    box.dataset.ready = "1";
    attach(box);
  }
}
