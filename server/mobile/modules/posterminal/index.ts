import type { ServerModule } from '../../module.ts';
import { modelServices } from '../../services.ts';
import { loaders } from './loaders/index.ts';
import { masterModels } from './models/index.ts';
import { queries } from './queries.ts';

/** What Web POS needs: master data, its searches, its terminal, and the transactions of a sale. */
export const posterminal: ServerModule = {
  name: 'org.openbravo.retail.posterminal',
  models: masterModels,
  services: [...modelServices(masterModels), ...queries, ...loaders],
};
