import { z } from 'zod';

const DEADLINE_MS = 4_000;
const answerSchema = z.object({ publicUrl: z.string().nullable() });

/** Under which origin the page's server wants its tills; null where it names none or does not answer. */
export async function readPublicUrl(): Promise<string | null> {
  try {
    const answer = await fetch(`${import.meta.env.BASE_URL}origin`, {
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    const read = answerSchema.safeParse(await answer.json());
    return read.success ? read.data.publicUrl : null;
  } catch {
    return null;
  }
}
