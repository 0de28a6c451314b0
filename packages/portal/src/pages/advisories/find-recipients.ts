import type { AdvisoryChoice } from '@haidang/contracts/advisory-addressing-api'
import { api } from '../../api/api.ts'
import { allPages } from '../orders/addressee-choice.tsx'

/** All pages of whom a choice of addressees of an advisory names, each with what is its own. */
export function findRecipients(choice: Partial<AdvisoryChoice>) {
  return allPages((cursor) =>
    api.advisoryAddressing.preview({ body: { ...choice, cursor, limit: 2_000 } }),
  )
}
