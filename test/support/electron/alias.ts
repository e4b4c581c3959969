import { registerHooks } from 'node:module';

/** From now on `electron` is the stand-in, for `import` and `require` alike. */
export function aliasElectron(): void {
  const url = new URL('./module.ts', import.meta.url).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      /^electron(\/main|\/common)?$/.test(specifier)
        ? { url, format: 'module-typescript', shortCircuit: true }
        : next(specifier, context),
  });
}
