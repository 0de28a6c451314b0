import { createHash } from 'node:crypto'
import {
  type DriftState,
  Ring,
  type RuleSetFile,
  type RuleSetManifest,
} from '@haidang/contracts/rule-set'
import { canonicalJson } from '@haidang/runtime/canonical-json'
import { Problem } from '@haidang/runtime/problem'

/** A file of a set with its text and what it is. */
export interface SetContent extends RuleSetFile {
  readonly text: string
  readonly title: string
  readonly sigma_id: string
  readonly version: number | null
}

/** What a set of this number says of these files. */
export function manifestOf(number: number, contents: readonly RuleSetFile[]): RuleSetManifest {
  const files = contents
    .map(({ path, sha256, expires_at }) => ({ path, sha256, expires_at }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
  return { number, hash: sha256(canonicalJson(files)), files }
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Whether a set rolled out to a ring is for a station of another. */
export function covers(rolledOutTo: Ring | null, ring: Ring): boolean {
  return rolledOutTo !== null && Ring.options.indexOf(rolledOutTo) >= Ring.options.indexOf(ring)
}

interface RolledOut {
  readonly number: number
  readonly ring: Ring | null
}

/** The newest set that is for stations of a ring. */
export function wantedBy(ring: Ring, sets: readonly RolledOut[]): number | null {
  const numbers = sets.filter((set) => covers(set.ring, ring)).map(({ number }) => number)
  return numbers.length > 0 ? Math.max(...numbers) : null
}

/**
 * Throws Problem rule-set.illegal-step where a roll-out would narrow a ring or go back to a version older
 * than one that is out already: going back is what roll-back is for.
 */
export function requireWider(set: RolledOut, ring: Ring, sets: readonly RolledOut[]): void {
  if (covers(set.ring, ring)) {
    throw new Problem('rule-set.illegal-step', `it is rolled out to ${set.ring} already`)
  }
  const newest = wantedBy(ring, sets)
  if (newest !== null && newest > set.number) {
    throw new Problem(
      'rule-set.illegal-step',
      `version ${newest} is newer; roll back to ${set.number}`,
    )
  }
}

/** What changed from one list of files to another, by path. */
export function changes(before: readonly RuleSetFile[], after: readonly RuleSetFile[]) {
  const old = new Map(before.map(({ path, sha256 }) => [path, sha256]))
  const kept = new Set(after.map(({ path }) => path))
  return {
    added: after.filter(({ path }) => !old.has(path)).map(({ path }) => path),
    removed: before.filter(({ path }) => !kept.has(path)).map(({ path }) => path),
    changed: after
      .filter((file) => old.has(file.path) && old.get(file.path) !== file.sha256)
      .map(({ path }) => path),
  }
}

interface Assigned {
  readonly assigned: number | null
  /** Hash of the assigned set. */
  readonly hash: string | undefined
  readonly reported: number | null
  readonly reported_hash: string | null
  /** Number of the last set refused, while nothing newer was answered. */
  readonly refused: number | null
}

/** How what a station says it has compares with what it was given. */
export function driftState(of: Assigned): DriftState {
  if (of.assigned === null) return 'none'
  if (of.refused === of.assigned) return 'refused'
  if (of.reported === of.assigned) return of.reported_hash === of.hash ? 'in_force' : 'drifted'
  return of.reported === null || of.reported < of.assigned ? 'sent' : 'drifted'
}
