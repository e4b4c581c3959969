const KEPT_AS = 'backroom.pos.terminal';
const PARAMETER = 'terminalName';

/** Which till this is: what the address says, else what was said before; null where nobody did. */
export function terminalName(): string | null {
  const said = new URLSearchParams(window.location.search).get(PARAMETER)?.trim();
  if (said !== undefined && said !== '') {
    keepTerminalName(said);
    return said;
  }
  return localStorage.getItem(KEPT_AS);
}

export function keepTerminalName(name: string): void {
  localStorage.setItem(KEPT_AS, name);
}
