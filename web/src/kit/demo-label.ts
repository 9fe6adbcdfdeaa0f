/** How the demo's service names say that their price is demo policy and nobody's tariff. */
const labelled = /^(?<name>.+)[(（](?<label>演示票价|演示票價|demo policy)[)）]$/u;

/** A service's name without its demo label, and the label by itself where it has one. */
export function splitDemoLabel(text: string): {
  readonly name: string;
  readonly label: string | undefined;
} {
  const found = labelled.exec(text)?.groups;
  return { name: (found?.['name'] ?? text).trim(), label: found?.['label'] };
}
