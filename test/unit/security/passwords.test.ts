import { describe, expect, it } from 'vitest';
import { createPasswords } from '../../../server/security/passwords.ts';

describe('passwords', () => {
  it('are stored as argon2id and fit only themselves', async () => {
    const passwords = createPasswords();
    const hash = await passwords.hash('correct horse');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await passwords.fits(hash, 'correct horse')).toBe(true);
    expect(await passwords.fits(hash, 'wrong horse')).toBe(false);
  });

  it('of nobody never fit, not even the decoy', async () => {
    expect(await createPasswords().fits(null, 'no such user')).toBe(false);
  });

  it('are answered all when many log in at once, and a storm beyond the line is told so', async () => {
    const passwords = createPasswords({ atOnce: 2, line: 20 });
    const hash = await passwords.hash('1234');
    const answers = await Promise.allSettled(
      Array.from({ length: 30 }, () => passwords.fits(hash, '1234')),
    );
    const refused = answers.filter((answer) => answer.status === 'rejected');
    expect(refused).toHaveLength(8);
    expect(answers.filter((answer) => answer.status === 'fulfilled' && answer.value)).toHaveLength(
      22,
    );
  });
});
