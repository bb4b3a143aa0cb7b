// The few words that scripts say themselves, in the reader's language: they stand in a <template> of the frame.
const words = () => document.getElementById("says")?.dataset ?? {};

/** The sentence of that name; `{name}` in it is filled in. */
export function says(name, values = {}) {
  return (words()[name] ?? "").replace(/\{(\w+)\}/g, (_all, key) => values[key] ?? "");
}
