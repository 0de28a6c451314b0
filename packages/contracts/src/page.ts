import { z } from 'zod'

/** Query of every list endpoint. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(1024).optional().describe('opaque, from the `next` of the page before'),
  filter: z
    .string()
    .max(2048)
    .optional()
    .describe('typed query: `field:value and not field:value`'),
  sort: z.string().max(64).optional().describe('field, descending with a leading minus'),
})
export type PageQuery = z.infer<typeof PageQuery>

/** Reply of every list endpoint. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    next: z.string().nullable(),
    total: z.number().optional().describe('matches in all, where counting is cheap'),
  })
}

export interface Page<T> {
  readonly items: T[]
  readonly next: string | null
  readonly total?: number | undefined
}
