import type { UserConfig } from 'vite';

/** Bundles the preload into one CommonJS file: a sandboxed preload can load nothing but `electron`. */
export default {
  root: import.meta.dirname,
  build: {
    outDir: '../dist/main',
    emptyOutDir: false,
    target: 'node24',
    lib: { entry: 'preload.ts', formats: ['cjs'], fileName: () => 'preload.cjs' },
    rolldownOptions: { external: ['electron'] },
  },
} satisfies UserConfig;
