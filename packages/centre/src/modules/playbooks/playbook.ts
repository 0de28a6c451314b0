import type { PlaybookState, PlaybookVersionState } from '@haidang/contracts/playbook'
import type { PlaybookRow, VersionRow } from './playbook-tables.ts'

type Standing = Pick<PlaybookRow, 'published' | 'valid_from' | 'retired_from'>
type Dated = Pick<VersionRow, 'version' | 'valid_from'>

/** Where a playbook stands on a day. */
export function stateOn(
  { published, valid_from, retired_from }: Standing,
  day: string,
): PlaybookState {
  if (retired_from !== null && retired_from <= day) return 'retired'
  if (published === 0 || valid_from === null) return 'draft'
  return valid_from <= day ? 'in_force' : 'upcoming'
}

/** The version in force on a day: the last of those whose day has come. */
export function inForceOn<V extends Dated>(versions: readonly V[], day: string): V | undefined {
  return versions
    .filter(({ valid_from }) => valid_from <= day)
    .toSorted((a, b) => b.version - a.version)[0]
}

/** Where one of the versions of a playbook stands on a day. */
export function versionStateOn(
  version: Dated,
  { all, of }: { readonly all: readonly Dated[]; readonly of: Standing },
  day: string,
): PlaybookVersionState {
  const current = inForceOn(all, day)
  if (version.version !== current?.version) {
    return version.valid_from > day ? 'upcoming' : 'replaced'
  }
  return stateOn(of, day) === 'retired' ? 'retired' : 'in_force'
}
