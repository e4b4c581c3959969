import type { MobileService } from '../../contract/definitions.ts';
import type { ModelDeclaration } from '../../core/model.ts';
import type { DefinitionStorage, Storage } from '../../storage/port.ts';
import type { ManageParts } from '../parts.ts';

/** What the definitions windows stand on beyond what all screens do. */
export interface DeskParts {
  storage: DefinitionStorage & Pick<Storage, 'definitions'>;
  services: {
    /** Those of the modules of this server. */
    ofModules: readonly MobileService[];
    /** The standard list, whether or not a module here provides them. */
    standard: readonly MobileService[];
  };
  models: readonly ModelDeclaration[];
  /** Resolves when `definitions.current()` shows what was written last. */
  refresh(): Promise<void>;
  /** Resolves when `definitions.current()` shows every change that screens have been told of. */
  settled(): Promise<void>;
  /** Key of the main that this server joined; null at a main. */
  joined: string | null;
}

/** Everything that the definitions windows use. */
export type Desk = Pick<
  ManageParts,
  'system' | 'definitions' | 'tokens' | 'passwords' | 'self' | 'states' | 'sync'
> &
  DeskParts;
