import type { Fault } from './finding.ts';
import type { Survey } from './store-view.ts';

/** A rule of the checker: pure, total, independent of the others. */
export interface Rule {
  /** Kebab case; the name in the findings. */
  name: string;
  check(survey: Survey): Fault[];
}
