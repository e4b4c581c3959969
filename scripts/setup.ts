/** Finds the parts from outside npm that the tests need and installs what is missing (`npm run setup`). */
import { ensureParts } from './parts.ts';

ensureParts();
