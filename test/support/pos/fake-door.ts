import type { DoorView, LogInResult, PosDoor, PosTill } from '../../../terminal/pos-till.ts';

export const PIN = '1111';

const PEOPLE = ['Ana García', 'Luis Romero', 'Carmen Ortega', 'Pau Vidal'];

/** Lets Ana in with her PIN; a test sets what the log-in page says. */
export class FakeDoor implements PosDoor {
  readonly view: DoorView;
  readonly #till: PosTill;

  constructor(till: PosTill) {
    this.#till = till;
    this.view = {
      terminalName: till.settings.terminal.searchKey,
      cashiers: PEOPLE.map((name, index) => ({
        userId: `U${index + 1}`,
        userName: name.split(' ')[0]?.toLowerCase() ?? '',
        name,
      })),
      online: true,
      catalogueLoadedAtMs: 0,
      unsent: 0,
      storage: {
        ...{ persistent: true, startsOffline: true, usedBytes: null, quotaBytes: null },
        mended: null,
      },
    };
  }

  lookIn(): Promise<DoorView> {
    return Promise.resolve({ ...this.view });
  }

  logIn(_userName: string, secret: string): Promise<LogInResult> {
    return Promise.resolve(
      secret === PIN ? { ok: true, till: this.#till } : { ok: false, why: 'wrong' },
    );
  }
}
