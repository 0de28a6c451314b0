import { z } from 'zod'
import { Instant } from './instant.ts'

/** One line of `/readyz` and of `haidang doctor`: the same checks, the same words. */
export const HealthCheck = z.object({
  name: z.string(),
  state: z.enum(['ok', 'warn', 'fail']),
  cause: z.object({ vi: z.string(), en: z.string() }),
  remedy: z.object({ vi: z.string(), en: z.string() }),
  since: Instant,
})
export type HealthCheck = z.infer<typeof HealthCheck>

export const Readiness = z.object({ ready: z.boolean(), checks: z.array(HealthCheck) })
export type Readiness = z.infer<typeof Readiness>
