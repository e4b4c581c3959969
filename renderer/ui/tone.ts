/** What a colour says; an icon and words always say it too. */
export type Tone = 'good' | 'busy' | 'care' | 'bad' | 'calm';
