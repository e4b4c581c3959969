import type { BootstrapAnswer, BootstrapRoute } from '../../bootstrap-route.ts';
import { errorAnswer, scriptAnswer } from '../../bootstrap-route.ts';
import type { ServerModule } from '../../module.ts';
import { quoted } from '../../query/refusal.ts';
import { clientModelScript } from './client-model.ts';
import { FORMATS } from './formats.ts';

/** Scripts that a client loads before the log-in. */
export const scriptRoutes: readonly BootstrapRoute[] = [
  {
    path: '/org.openbravo.mobile.core/OBMOBC_Main/ClientModel',
    answer: (parameters, { modules }) => Promise.resolve(clientModel(parameters, modules)),
  },
  {
    path: '/org.openbravo.mobile.core/OBMOBC_Main/ApplicationFormats',
    answer: () => Promise.resolve(scriptAnswer(`OB.Format = ${JSON.stringify(FORMATS)};\n`)),
  },
];

/** The request only chooses among the declared models, by model name or by entity. */
function clientModel(
  parameters: URLSearchParams,
  modules: readonly ServerModule[],
): BootstrapAnswer {
  const name = parameters.get('modelName');
  const entity = parameters.get('entity');
  const model = modules
    .flatMap((module) => module.models)
    .find((candidate) =>
      name === null ? candidate.structure?.entity === entity : candidate.name === name,
    );
  const script = model && clientModelScript(model);
  return script === undefined
    ? errorAnswer(404, `There is no model ${quoted(name ?? entity)} with a structure to load.`)
    : scriptAnswer(script);
}
