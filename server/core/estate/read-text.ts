import type { EstateFormat } from '../../contract/estate.ts';
import type { JsonPath, TextFault, TextPlace } from './scan-json.ts';
import { faultInJson, placeInJson } from './scan-json.ts';
import { readYaml } from './read-yaml.ts';

/** What a text says, and where it says it. */
export interface Placed {
  value: unknown;
  /** Where the member or element at a path begins; that of the nearest value around it which is there. */
  placeOf: (path: JsonPath) => TextPlace;
}

/** Reads JSON or YAML, or says why a text is none and where. Without a format it is guessed. */
export function readText(text: string, format?: EstateFormat): Placed | { fault: TextFault } {
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if ((format ?? formatOf(content)) === 'yaml') return readYaml(content);
  const fault = faultInJson(content);
  if (fault !== undefined) return { fault };
  return { value: JSON.parse(content), placeOf: (path) => placeInJson(content, path) };
}

/** JSON begins with a brace or a bracket; nobody begins a YAML file by hand like that. */
function formatOf(text: string): EstateFormat {
  return /^\s*(?:[{[]|$)/.test(text) ? 'json' : 'yaml';
}
