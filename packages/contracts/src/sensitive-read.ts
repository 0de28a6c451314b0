import { type Tlp, tlpRank } from './tlp.ts'

interface SensitiveRead {
  /** The parameter of the path that says which one is read; null: all of its kind at once, as a file. */
  readonly param: string | null
  /** Less restricted ones may be read without a trace. */
  readonly from: Tlp
}

/**
 * Kinds of things whose reading stands in the journal; an endpoint names the one it reads in `reads`. Exports of
 * the journal are entries of their own type.
 */
export const sensitiveReads = {
  evidence: { param: 'file', from: 'clear' },
  person: { param: 'id', from: 'clear' },
  incident: { param: 'id', from: 'amber+strict' },
  order: { param: 'id', from: 'amber+strict' },
  advisory: { param: 'id', from: 'amber+strict' },
  system: { param: 'id', from: 'amber+strict' },
  organisations: { param: null, from: 'clear' },
  systems: { param: null, from: 'clear' },
  estate: { param: null, from: 'clear' },
} as const satisfies Record<string, SensitiveRead>

export type SensitiveKind = keyof typeof sensitiveReads
/** Kinds that are read one by one. */
export type SensitiveObject = {
  [K in SensitiveKind]: (typeof sensitiveReads)[K]['param'] extends null ? never : K
}[SensitiveKind]

/** Whether reading one of this kind and rank is written down. */
export function isSensitive(kind: SensitiveKind, tlp_rank: number): boolean {
  return tlp_rank >= tlpRank(sensitiveReads[kind].from)
}
