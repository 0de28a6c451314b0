import { z } from 'zod'

/** FIRST Traffic Light Protocol 2.0, least to most restricted. */
export const Tlp = z.enum(['clear', 'green', 'amber', 'amber+strict', 'red'])
export type Tlp = z.infer<typeof Tlp>

/** Rank used by row-level security: a reader sees what ranks no higher than the reader's clearance. */
export function tlpRank(tlp: Tlp): number {
  return Tlp.options.indexOf(tlp)
}

/** The label of a rank; what is no rank is read as the most restricted. */
export function tlpOf(rank: number): Tlp {
  return Tlp.options[rank] ?? 'red'
}
