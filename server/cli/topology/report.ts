import type { Finding } from '../../core/topology/finding.ts';
import type { Outlook, StoreOutlook, WhatIf } from '../../core/topology/what-if.ts';
import type { Report } from './check.ts';

/** Stores that are listed one by one in the table of what is down, unless it was asked for. */
const MOST_STORES = 20;
/** Stores that are named where the same is said of several. */
const MOST_NAMES = 8;
const MARKS = { yes: 'yes', partly: 'partly', no: 'NO', unknown: '?' } as const;
const ABILITIES = ['logIn', 'query', 'sell', 'confirm'] as const;
const HEADS = ['log in', 'query', 'sell', 'confirm'] as const;

/**
 * A check for people: what concerns the whole estate, then store by store, then what still works while
 * servers are down. `all` explains every answer there, not only those that are no "yes".
 */
export function reportText(report: Report, options: { all: boolean }): string {
  const { findings } = report;
  const whole = findings.filter((finding) => finding.where.stores.length === 0);
  return [
    ...(whole.length > 0 ? section('The whole estate', whole) : []),
    ...alike(byStore(findings)).flatMap(([names, own]) => section(names, own)),
    ...report.whatIf
      .filter(({ stores }) => stores.length > 0)
      .flatMap((each) => whatIfLines(each, options.all)),
    verdict(report),
  ].join('\n');
}

function byStore(findings: readonly Finding[]): Map<string, Finding[]> {
  const stores = new Map<string, Finding[]>();
  for (const finding of findings) {
    for (const { name } of finding.where.stores) {
      stores.set(name, [...(stores.get(name) ?? []), finding]);
    }
  }
  return stores;
}

/** Stores of which the same can be said are named together, with the findings of the first. */
function alike(stores: ReadonlyMap<string, Finding[]>): [string, Finding[]][] {
  const groups = Map.groupBy(stores, ([, findings]) =>
    JSON.stringify(
      findings.map(({ rule, where: { servers, services } }) => [rule, servers, services]),
    ),
  );
  return [...groups.values()].map((group): [string, Finding[]] => {
    const names = group.map(([name]) => name);
    const more = names.length - MOST_NAMES;
    const shown = names.slice(0, MOST_NAMES).join(', ');
    return [more > 0 ? `${shown} and ${more} more stores` : shown, group[0]?.[1] ?? []];
  });
}

function section(title: string, findings: readonly Finding[]): string[] {
  return [title, ...findings.flatMap(findingLines), ''];
}

function findingLines({ severity, rule, message, story, mend }: Finding): string[] {
  return [
    `  ${severity === 'advice' ? 'advice ' : severity.toUpperCase().padEnd(7)} ${message} [${rule}]`,
    `          ${story}`,
    `          → ${mend}`,
  ];
}

function whatIfLines({ down, stores }: WhatIf, all: boolean): string[] {
  const shown = all ? stores : stores.slice(0, MOST_STORES);
  const width = Math.max(...shown.map(({ store }) => store.name.length), 0) + 2;
  const row = (cells: readonly string[]): string => cells.map((cell) => cell.padEnd(8)).join('');
  return [
    `While ${down.join(' and ')} is down`,
    `  ${''.padEnd(width)}${row(HEADS)}`.trimEnd(),
    ...shown.flatMap((outlook) => outlookLines(outlook, { width, row, all })),
    ...(stores.length > shown.length
      ? [`  … and ${stores.length - shown.length} more stores`]
      : []),
    '',
  ];
}

function outlookLines(
  outlook: StoreOutlook,
  options: { width: number; row: (cells: readonly string[]) => string; all: boolean },
): string[] {
  const { width, row, all } = options;
  const outlooks: Outlook[] = ABILITIES.map((ability) => outlook[ability]);
  const reasons = outlooks
    .filter(({ works }) => all || works !== 'yes')
    .map(({ reason }) => `    ${reason}`);
  const cells = row(outlooks.map(({ works }) => MARKS[works]));
  return [`  ${outlook.store.name.padEnd(width)}${cells}`.trimEnd(), ...new Set(reasons)];
}

function verdict({ findings, stores }: Report): string {
  const count = (severity: Finding['severity']): number =>
    findings.filter((finding) => finding.severity === severity).length;
  const [errors, warnings, advice] = [count('error'), count('warning'), count('advice')];
  const rest = `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}, ${advice} advice`;
  if (errors > 0) return `${errors} ${errors === 1 ? 'error' : 'errors'}, ${rest}.`;
  return `Proven for ${stores.length} ${stores.length === 1 ? 'store' : 'stores'}: every record reaches the mains where it is needed. 0 errors, ${rest}.`;
}
