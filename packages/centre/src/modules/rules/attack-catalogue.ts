import { z } from 'zod'

const TechniqueId = z.string().regex(/^T\d{4}(\.\d{3})?$/)

/** What of a version of ATT&CK rules and screens need. */
export const AttackCatalogue = z.object({
  version: z.string(),
  domain: z.string(),
  /** In the order of an attack. */
  tactics: z.array(z.object({ id: z.string(), key: z.string(), name: z.string() })),
  techniques: z.array(
    z.object({ id: TechniqueId, name: z.string(), tactics: z.array(z.string()).min(1) }),
  ),
  /** Identifiers of earlier versions. */
  gone: z.array(
    z.object({
      id: TechniqueId,
      name: z.string(),
      state: z.enum(['revoked', 'deprecated']),
      successor: TechniqueId.nullable(),
    }),
  ),
})
export type AttackCatalogue = z.infer<typeof AttackCatalogue>
