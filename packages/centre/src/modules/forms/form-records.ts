import { createHash } from 'node:crypto'
import type { Form, FormFile, FormSummary } from '@haidang/contracts/form'
import { saidBy } from '@haidang/contracts/form-content'
import { type FormDefinition, fieldsOf } from '@haidang/contracts/form-definition'
import type { EntryType } from '@haidang/contracts/journal'
import { tlpOf } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import { canonicalJson } from '@haidang/runtime/canonical-json'
import type { Clock } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { vietnamDate } from '../../vietnam-date.ts'
import type { OrganisationService } from '../organisations/organisation-service.ts'
import type { FormShelf } from './form-shelf.ts'
import type { FormStore } from './form-store.ts'
import type { FormRow } from './form-tables.ts'
import type { FiledForm, FormUse } from './form-use.ts'

interface RecordParts {
  readonly store: FormStore
  readonly shelf: FormShelf
  readonly organisations: OrganisationService
  readonly journal: Journal
  readonly clock: Clock
}

/** What rows of forms mean: by which definition, for which module, as a screen, a file and the journal have them. */
export class FormRecords {
  readonly #parts: RecordParts
  readonly #uses = new Map<string, FormUse>()

  constructor(parts: RecordParts) {
    this.#parts = parts
  }

  /** Says what is done with forms of a use; once, by the module they are for. */
  declare(use: string, what: FormUse): void {
    if (this.#uses.has(use)) throw new Error(`forms of use ${use} are declared twice`)
    this.#uses.set(use, what)
  }

  /** The forms in force today that something is done with. */
  definitions(): FormDefinition[] {
    return this.#parts.shelf.allInForce(this.#today).filter(({ use }) => this.#uses.has(use))
  }

  /** Throws Problem form.not-found. */
  async require(tx: Tx, id: string): Promise<FormRow> {
    const row = await this.#parts.store.get(tx, id)
    if (!row) throw new Problem('form.not-found')
    return row
  }

  /** A form with its definition, and whether that is still in force. */
  async whole(tx: Tx, row: FormRow): Promise<Form> {
    const [summary] = await this.summaries(tx, [row])
    if (!summary) throw new Error('a form was not named')
    const definition = this.definitionOf(row)
    const now = this.#parts.shelf.inForce(row.use, this.#today)
    const retired = now !== definition
    const successor = retired ? (now?.id ?? null) : null
    return { ...summary, definition, content: row.content, hash: row.hash, retired, successor }
  }

  /** The forms about something that were submitted, whole, the oldest first. */
  async submittedAbout(tx: Tx, subject: string): Promise<Form[]> {
    const whole: Form[] = []
    for (const row of await this.#parts.store.submittedAbout(tx, subject)) {
      whole.push(await this.whole(tx, row))
    }
    return whole
  }

  /** A form as a file; without its hash it is what the hash covers. */
  async file(tx: Tx, row: FormRow): Promise<FormFile> {
    const { code, name } = await this.#parts.organisations.require(tx, row.organisation_id)
    return {
      format: 'haidang.form/1',
      definition: { id: row.definition_id, version: row.definition_version },
      use: row.use,
      organisation: { code, name },
      subject: row.subject,
      state: row.state,
      version: row.version,
      submitted_at: row.submitted_at,
      submitted_by: row.submitted_by,
      content: row.content,
      hash: row.hash,
    }
  }

  /** A form as the module it is for reads it. */
  filed(row: FormRow): FiledForm {
    const meant = fieldsOf(this.definitionOf(row)).flatMap(({ key, means }) => {
      const value = saidBy(row.content, key)
      return means === undefined || value === undefined ? [] : [[means, value] as const]
    })
    return { ...row, meant: Object.fromEntries(meant) }
  }

  /** Throws Problem request.invalid (use). */
  useOf(use: string): FormUse {
    const found = this.#uses.get(use)
    if (found) return found
    throw new Problem('request.invalid', `no forms of use ${use}`, [
      { field: 'use', cause: 'unknown', remedy: [...this.#uses.keys()].join(', ') },
    ])
  }

  /** Writes an act on a form in the journal: what it is, never what it says. */
  async record(tx: Tx, caller: Caller, type: EntryType, row: FormRow, reason = ''): Promise<void> {
    const { organisation_id, tlp_rank, definition_id, definition_version, state } = row
    await this.#parts.journal.append(tx, {
      type,
      organisation_id,
      tlp_rank,
      actor: caller.scope.actor,
      reason,
      authority: this.useOf(row.use).permission,
      subject: row.id,
      related: [row.subject],
      after: { definition_id, definition_version, state, version: row.version, hash: row.hash },
    })
  }

  /** Throws Problem form.none-in-force. */
  inForce(use: string): FormDefinition {
    const found = this.#parts.shelf.inForce(use, this.#today)
    if (!found) throw new Problem('form.none-in-force')
    return found
  }

  /** The form a row is filled into, as it was then. */
  definitionOf(row: FormRow): FormDefinition {
    return this.#parts.shelf.get(row.definition_id, row.definition_version)
  }

  /** Rows as lists show them. */
  async summaries(tx: Tx, rows: readonly FormRow[]): Promise<FormSummary[]> {
    const ids = rows.map(({ organisation_id }) => organisation_id)
    const names = await this.#parts.organisations.names(tx, ids)
    return rows.map((row) => {
      const { number, title, provisional } = this.definitionOf(row)
      const organisation_name = names.get(row.organisation_id) ?? ''
      const told = { number, title, provisional: provisional !== undefined, organisation_name }
      return { ...row, ...told, tlp: tlpOf(row.tlp_rank) }
    })
  }

  /** The day it is. */
  get #today(): string {
    return vietnamDate(this.#parts.clock.now())
  }
}

/** SHA-256 of all a file says but its state and the hash itself. */
export function hashOf({ hash: _, state: __, ...file }: FormFile): string {
  return createHash('sha256').update(canonicalJson(file)).digest('hex')
}
