import type { Playbook, PlaybookContent, PlaybookSummary } from '@haidang/contracts/playbook'
import type { TaskTemplate } from '@haidang/contracts/task-template'
import { type Tlp, tlpOf, tlpRank } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import { isOwnRow } from '../../signed-in.ts'
import type { PlaybookRecords } from './playbook-records.ts'
import type { PlaybookStore } from './playbook-store.ts'
import type { PlaybookRow } from './playbook-tables.ts'
import type { PlaybookView } from './playbook-view.ts'
import { readTemplates, writeTemplate } from './playbook-yaml.ts'

interface FileParts {
  readonly database: Database
  readonly store: PlaybookStore
  readonly view: PlaybookView
  readonly records: PlaybookRecords
  /** National templates in force today. */
  readonly templates: () => readonly TaskTemplate[]
}

/** What a playbook is begun with. */
type Source =
  | { readonly template: string }
  | { readonly playbook: string; readonly version?: number | undefined }

/** Playbooks that come from elsewhere, as copies and files, and go there. */
export class PlaybookFileService {
  readonly #parts: FileParts

  constructor(parts: FileParts) {
    this.#parts = parts
  }

  /** Throws Problem task.template-unknown, playbook.not-found. */
  copy(caller: Caller, { tlp, from }: { tlp: Tlp; from: Source }): Promise<Playbook> {
    const { database, records } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      if ('template' in from) {
        const { id, ...content } = this.#template(from.template)
        return records.whole(tx, caller, await records.begin(tx, caller, tlp, content, id))
      }
      const row = await records.require(tx, from.playbook)
      const content = await this.#content(tx, caller, row, from.version ?? row.published)
      // A copy is told no more widely than what it was copied from.
      const least = tlpOf(Math.max(tlpRank(tlp), row.tlp_rank))
      return records.whole(tx, caller, await records.begin(tx, caller, least, content, row.id))
    })
  }

  /** All templates of a file, or none. Throws Problem playbook.unreadable. */
  async read(
    caller: Caller,
    { tlp, text }: { tlp: Tlp; text: string },
  ): Promise<PlaybookSummary[]> {
    const { database, records, view } = this.#parts
    const contents = readTemplates(text, caller.language)
    return database.transact(caller.scope, async (tx) => {
      const rows: PlaybookRow[] = []
      for (const content of contents) rows.push(await records.begin(tx, caller, tlp, content))
      return view.many(tx, caller, rows, records.today())
    })
  }

  /** One version as YAML; 0: the draft. Throws Problem playbook.not-found. */
  file(caller: Caller, id: string, version: number): Promise<{ name: string; text: string }> {
    const { database, records, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const row = await records.require(tx, id)
      const content = await this.#content(tx, caller, row, version)
      const kept = await store.version(tx, id, version)
      const valid_from = kept?.valid_from ?? records.today()
      return writeTemplate({ content, version: kept?.version ?? row.published + 1, valid_from })
    })
  }

  #template(id: string): TaskTemplate {
    const found = this.#parts.templates().find((one) => one.id === id)
    if (!found) throw new Problem('task.template-unknown')
    return found
  }

  async #content(
    tx: Tx,
    caller: Caller,
    row: PlaybookRow,
    version: number,
  ): Promise<PlaybookContent> {
    const { store } = this.#parts
    const found =
      version > 0
        ? (await store.version(tx, row.id, version))?.content
        : isOwnRow(caller, row)
          ? await store.draft(tx, row.id)
          : undefined
    if (!found) throw new Problem('playbook.not-found', `version ${version}`)
    return found
  }
}
