import { domainToUnicode } from 'node:url'
import type { SystemRange } from '@haidang/contracts/attribution'
import type { Claim } from './attribution-index.ts'
import { lookalikeOf } from './lookalike.ts'
import type { RangeRow } from './range-tables.ts'

/** The claim a row makes. */
export function claimOf(row: RangeRow): Claim {
  const { kind, text, system_id, organisation_id, from_second, until_second, confirmed } = row
  const period = { from: from_second, until: until_second }
  return { kind, text, system_id, organisation_id, ...period, confirmed }
}

/** A range as its readers see it. */
export function shown(row: RangeRow): SystemRange {
  const { id, system_id, kind, text, valid_from, valid_to, note, confirmed } = row
  // The scheme of a kept URL tells nothing: http and https are one.
  const name = kind === 'domain' ? domainToUnicode(text) : text.replace(/^http:\/\//, '')
  return {
    id,
    system_id,
    kind,
    text,
    valid_from,
    valid_to,
    note,
    confirmed,
    shown: name === '' ? text : name,
    looks_like: kind === 'domain' ? (lookalikeOf(text) ?? null) : null,
  }
}

/** What the journal keeps of a range. */
export function recorded({ text, valid_from, valid_to, note, confirmed }: RangeRow) {
  return { text, valid_from, valid_to, note, confirmed }
}
