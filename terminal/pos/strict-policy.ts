import { config } from 'zod';

// The policy lets no code be made from text, and the library would try.
config({ jitless: true });
