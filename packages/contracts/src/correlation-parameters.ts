import { z } from 'zod'

/** What carrying out the correlations of rules is set to. */
export const CorrelationParameters = z.strictObject({
  lateness_seconds: z
    .int()
    .min(0)
    .max(86_400)
    .default(900)
    .describe('how far behind the others the time of an event may be; later ones are left out'),
  silence: z
    .enum(['none', 'timespan'])
    .default('timespan')
    .describe(
      'how long a group is silent after a finding: not at all, or for the time span of its rule',
    ),
  bytes: z
    .int()
    .min(1_048_576)
    .default(67_108_864)
    .describe('most bytes remembered, as estimated; the group longest without an event goes first'),
  groups: z.int().min(1).default(500_000).describe('most groups remembered'),
})
export type CorrelationParameters = z.infer<typeof CorrelationParameters>
