import type {
  Playbook,
  PlaybookSummary,
  PlaybookVersion,
  PlaybookVersionHead,
} from '@haidang/contracts/playbook'
import { tlpOf } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import type { Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import type { Names } from '../../names.ts'
import { isOwnRow } from '../../signed-in.ts'
import { inForceOn, stateOn, versionStateOn } from './playbook.ts'
import type { PlaybookStore } from './playbook-store.ts'
import type { PlaybookRow, VersionRow } from './playbook-tables.ts'

interface ViewParts {
  readonly store: PlaybookStore
  readonly names: Names
}

/** Playbooks as screens show them, on a day. */
export class PlaybookView {
  readonly #parts: ViewParts

  constructor(parts: ViewParts) {
    this.#parts = parts
  }

  async many(
    tx: Tx,
    caller: Caller,
    rows: readonly PlaybookRow[],
    day: string,
  ): Promise<PlaybookSummary[]> {
    const owners = [...new Set(rows.map(({ organisation_id }) => organisation_id))]
    const names = await this.#parts.names.sources(tx, owners)
    return rows.map((row) => {
      const { tlp_rank, ...facts } = row
      const state = stateOn(row, day)
      const own = isOwnRow(caller, row)
      return {
        ...facts,
        tlp: tlpOf(tlp_rank),
        organisation_name: names.get(row.organisation_id) ?? '',
        own,
        state,
        has_draft: own && row.has_draft,
        review_overdue: row.review_by !== null && row.review_by < day && state !== 'retired',
      }
    })
  }

  async whole(tx: Tx, caller: Caller, row: PlaybookRow, day: string): Promise<Playbook> {
    const { store } = this.#parts
    const [summary] = await this.many(tx, caller, [row], day)
    if (!summary) throw new Error('a playbook that is there is shown')
    const versions = await store.versions(tx, row.id)
    const shown = inForceOn(versions, day) ?? versions[0]
    return {
      ...summary,
      draft: summary.own ? ((await store.draft(tx, row.id)) ?? null) : null,
      versions: versions.map((each) => headOf(each, versions, row, day)),
      current: shown ? await this.#version(tx, row, shown.version, { versions, day }) : null,
    }
  }

  /** Throws Problem playbook.not-found. */
  async version(tx: Tx, row: PlaybookRow, version: number, day: string): Promise<PlaybookVersion> {
    const versions = await this.#parts.store.versions(tx, row.id)
    return this.#version(tx, row, version, { versions, day })
  }

  async #version(
    tx: Tx,
    row: PlaybookRow,
    version: number,
    { versions, day }: { readonly versions: readonly Head[]; readonly day: string },
  ): Promise<PlaybookVersion> {
    const found = await this.#parts.store.version(tx, row.id, version)
    if (!found) throw new Problem('playbook.not-found', `version ${version}`)
    return { ...headOf(found, versions, row, day), content: found.content }
  }
}

type Head = Omit<VersionRow, 'content'>

function headOf(
  one: Head,
  all: readonly Head[],
  of: PlaybookRow,
  day: string,
): PlaybookVersionHead {
  const { version, valid_from, reason, published_at, published_by } = one
  const state = versionStateOn(one, { all, of }, day)
  return { version, state, valid_from, reason, published_at, published_by }
}
