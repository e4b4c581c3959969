import type { MobileService } from './contract/definitions.ts';
import type { ModelDeclaration } from './core/model.ts';
import { mobileCore } from './mobile/modules/mobile-core/index.ts';
import { posterminal } from './mobile/modules/posterminal/index.ts';
import type { ServerModule } from './mobile/module.ts';
import { mobileServices } from './mobile/services.ts';

/** The modules that a server is made of. A further one is added here and nowhere else. */
export const standardModules: readonly ServerModule[] = [mobileCore, posterminal];

/** The services of these modules that tills are told of. */
export function standardServices(): MobileService[] {
  return mobileServices(standardModules);
}

/** Every model of these modules. */
export function modelsOf(modules: readonly ServerModule[]): ModelDeclaration[] {
  return modules.flatMap((module) => module.models);
}

/** The model of that name, which the program itself needs (a definition). */
export function modelNamed(models: readonly ModelDeclaration[], name: string): ModelDeclaration {
  const model = models.find((candidate) => candidate.name === name);
  if (model === undefined) throw new Error(`no module declares the model ${name}`);
  return model;
}
