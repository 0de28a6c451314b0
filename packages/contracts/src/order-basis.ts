import { z } from 'zod'
import { Regulation } from './regulation.ts'

const { id, name, clause, text, successor, provisional } =
  Regulation.shape.bases.unwrap().element.shape

/** Which entry of which regulation profile is cited. */
export const BasisRef = z.object({ profile: Regulation.shape.profile, id })
export type BasisRef = z.infer<typeof BasisRef>

/** A legal basis as the profile said it on the day of issue. */
export const CitedBasis = BasisRef.extend({ version: z.int().min(0), clause, text })
export type CitedBasis = z.infer<typeof CitedBasis>

/** A legal basis an order may cite, or could before it ended. */
export const CitableBasis = CitedBasis.extend({
  name,
  successor,
  provisional,
  in_force: z.boolean().describe('today'),
  ended: z.iso.date().nullable().describe('its last day'),
})
export type CitableBasis = z.infer<typeof CitableBasis>
