import type { SoughtSoftware } from '@haidang/contracts/advisory-addressing-api'
import { foldVietnamese } from '@haidang/contracts/fold'
import type { Software } from '@haidang/contracts/system'
import { Problem } from '@haidang/runtime/problem'
import { readVersionRange } from './version-range.ts'

/** A system that runs something sought, under its owner's name for it. */
export interface RunningSystem {
  readonly organisation_id: string
  readonly system: string
  readonly software: string
  /** Empty: nobody stated it. */
  readonly version: string
}

interface Kept {
  readonly organisation_id: string
  readonly name: string
  readonly software: readonly Software[]
}

/** How systems that run a software are found. Throws Problem request.invalid. */
export function searchFor({ name, versions }: SoughtSoftware) {
  const holds = readVersionRange(versions)
  if (!holds) {
    throw new Problem('request.invalid', versions, [
      {
        field: 'software.versions',
        cause: 'not understood',
        remedy: 'write `< 7.2.3` or `>= 7, < 7.2.3`',
      },
    ])
  }
  const words = foldVietnamese(name).split(/\s+/).filter(Boolean)
  const isNamed = ({ name: called, identifier }: Software) => {
    const text = foldVietnamese(`${called} ${identifier}`)
    return words.every((word) => text.includes(word))
  }
  return {
    words,
    in: (systems: readonly Kept[]): RunningSystem[] =>
      systems.flatMap(({ organisation_id, name: system, software }) =>
        software
          .filter((one) => isNamed(one) && (one.version === '' || holds(one.version)))
          .map((one) => ({ organisation_id, system, software: one.name, version: one.version })),
      ),
  }
}
