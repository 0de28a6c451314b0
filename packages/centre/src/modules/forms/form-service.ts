import type { Form, FormSummary } from '@haidang/contracts/form'
import { formFaultsOf } from '@haidang/contracts/form-check'
import { type FormContent, shownContent } from '@haidang/contracts/form-content'
import { shapeFaults } from '@haidang/contracts/form-shape'
import type { EntryType } from '@haidang/contracts/journal'
import type { Page, PageQuery } from '@haidang/contracts/page'
import { type Tlp, tlpOf, tlpRank } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import { Problem } from '@haidang/runtime/problem'
import { carriedOver, filledFrom } from './form-fit.ts'
import { type FormRecords, hashOf } from './form-records.ts'
import type { FormStore } from './form-store.ts'
import type { FormRow } from './form-tables.ts'
import { refusal } from './form-text.ts'
import type { FormUse } from './form-use.ts'

interface FormParts {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly store: FormStore
  readonly records: FormRecords
}

/** What a form is to be about, and how widely it may be told. */
interface Begun {
  readonly use: string
  readonly subject: string
  readonly tlp: Tlp
  /** Said by a file that is read in; undefined: filled from the registers. */
  readonly content?: FormContent
}

/** Forms of the regulations: begun, filled in, submitted, replaced. Knows no form by its number. */
export class FormService {
  readonly #parts: FormParts

  constructor(parts: FormParts) {
    this.#parts = parts
  }

  /** One page of the forms the caller may see. Throws Problem filter.invalid. */
  list(caller: Caller, query: PageQuery): Promise<Page<FormSummary>> {
    const { database, store, records } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const { items, next } = await store.list(tx, query)
      return { items: await records.summaries(tx, items), next }
    })
  }

  /** Throws Problem form.not-found. */
  get(caller: Caller, id: string): Promise<Form> {
    return this.#parts.database.transact(caller.scope, async (tx) =>
      this.#parts.records.whole(tx, await this.#parts.records.require(tx, id)),
    )
  }

  /** The open draft about something, or a new one. Throws Problem form.none-in-force, request.invalid (use), permission.missing. */
  begin(caller: Caller, { use, subject, tlp }: Begun): Promise<Form> {
    const { database, store, records } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const open = await this.#added(tx, caller, 'form.begun', { use, subject, tlp })
      const row = open ?? (await store.draft(tx, { use, subject }))
      if (!row) throw new Problem('form.not-found')
      return records.whole(tx, row)
    })
  }

  /** A new draft with what a file says; `left`: what the form in force has no place for. Throws as `begin`, and form.draft-open. */
  beginWith(caller: Caller, begun: Begun, said: FormContent) {
    return this.#parts.database.transact(caller.scope, async (tx) => {
      const { content, left } = carriedOver(this.#parts.records.inForce(begun.use), said)
      const row = await this.#added(tx, caller, 'form.read-in', { ...begun, content })
      if (!row) throw new Problem('form.draft-open')
      return { form: await this.#parts.records.whole(tx, row), left }
    })
  }

  /** Throws Problem form.not-found, form.not-draft, form.changed-meanwhile, request.invalid (what no draft can hold). */
  save(
    caller: Caller,
    id: string,
    { revision, content: said }: { readonly revision: number; readonly content: FormContent },
  ): Promise<Form> {
    const { database, store, clock, records } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const row = await this.#draft(tx, caller, id, revision)
      const definition = records.definitionOf(row)
      const content = composed(said)
      const faults = shapeFaults(definition, content)
      if (faults.length > 0) throw refusal('request.invalid', definition, faults, caller.language)
      const after = { ...row, content, revision: row.revision + 1 }
      const { name: updated_by } = caller.scope.actor
      const kept = { ...after, updated_by, updated_at: clock.iso() }
      await store.replace(tx, kept)
      return records.whole(tx, kept)
    })
  }

  /** Throws Problem form.not-found, form.not-draft, form.changed-meanwhile, form.retired, form.incomplete, and what its use throws. */
  submit(caller: Caller, id: string, revision: number): Promise<Form> {
    const { database, store, clock, records } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const row = await this.#draft(tx, caller, id, revision)
      const definition = records.definitionOf(row)
      if (records.inForce(row.use) !== definition) throw new Problem('form.retired')
      const faults = formFaultsOf(definition, row.content)
      if (faults.length > 0) throw refusal('form.incomplete', definition, faults, caller.language)
      const before = await store.latest(tx, row)
      if (before?.state === 'submitted') await store.replace(tx, { ...before, state: 'replaced' })
      const { id: submitted_by_id, name: submitted_by } = caller.scope.actor
      const now = clock.iso()
      const filed: FormRow = {
        ...row,
        state: 'submitted',
        content: shownContent(definition, row.content),
        version: (before?.version ?? 0) + 1,
        replaces: before?.id ?? row.replaces,
        submitted_by_id,
        submitted_by,
        submitted_at: now,
        updated_by: submitted_by,
        updated_at: now,
      }
      const after = { ...filed, hash: hashOf(await records.file(tx, filed)) }
      await store.replace(tx, after)
      await records.record(tx, caller, 'form.submitted', after)
      await records.useOf(row.use).submitted?.(tx, caller, records.filed(after))
      return records.whole(tx, after)
    })
  }

  /** Throws Problem form.not-found, form.not-draft (it is over already), form.not-withdrawable, permission.missing. */
  withdraw(caller: Caller, id: string, reason: string): Promise<Form> {
    const { database, store, records } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const row = await this.#lock(tx, caller, id)
      const { withdrawn } = records.useOf(row.use)
      if (row.state !== 'draft' && row.state !== 'submitted') throw new Problem('form.not-draft')
      if (row.state === 'submitted' && !withdrawn) throw new Problem('form.not-withdrawable')
      const after: FormRow = { ...row, state: 'withdrawn', reason }
      await store.replace(tx, after)
      await records.record(tx, caller, 'form.withdrawn', after, reason)
      if (row.state === 'submitted') await withdrawn?.(tx, caller, records.filed(after))
      return records.whole(tx, after)
    })
  }

  /** A draft of a retired form goes on as one of the form in force. Throws Problem form.not-found, form.not-draft, form.none-in-force. */
  carryOver(caller: Caller, id: string): Promise<{ form: Form; left: string[] }> {
    const { database, store, records } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const row = await this.#lock(tx, caller, id)
      if (row.state !== 'draft') throw new Problem('form.not-draft')
      if (records.inForce(row.use) === records.definitionOf(row)) {
        return { form: await records.whole(tx, row), left: [] }
      }
      await store.replace(tx, { ...row, state: 'replaced' })
      const { content, left } = carriedOver(records.inForce(row.use), row.content)
      const begun = { ...row, tlp: tlpOf(row.tlp_rank), content }
      const next = await this.#added(tx, caller, 'form.carried-over', begun, row.id)
      if (!next) throw new Problem('form.draft-open')
      return { form: await records.whole(tx, next), left }
    })
  }

  /** A new draft; undefined where one about the same is open already. */
  async #added(tx: Tx, caller: Caller, type: EntryType, begun: Begun, from: string | null = null) {
    const { store, clock, newId, records } = this.#parts
    const { use, subject } = begun
    const what = records.useOf(use)
    this.#admit(caller, what)
    const organisation_id = await what.owner(tx, subject)
    const definition = records.inForce(use)
    const before = await store.latest(tx, begun)
    const registered = filledFrom(
      definition,
      await what.sources(tx, caller, { organisation_id, subject }),
    )
    const content = begun.content ?? {
      ...registered,
      ...carriedOver(definition, before?.content ?? {}).content,
    }
    const { name } = caller.scope.actor
    const row: FormRow = {
      id: newId('form'),
      organisation_id,
      tlp_rank: tlpRank(begun.tlp),
      use,
      subject,
      definition_id: definition.id,
      definition_version: definition.version,
      version: 0,
      state: 'draft',
      revision: 1,
      content,
      hash: '',
      reason: '',
      replaces: from ?? before?.id ?? null,
      created_by: name,
      updated_by: name,
      updated_at: clock.iso(),
      submitted_by_id: '',
      submitted_by: '',
      submitted_at: null,
    }
    if (!(await store.add(tx, row))) return undefined
    await records.record(tx, caller, type, row)
    return row
  }

  async #lock(tx: Tx, caller: Caller, id: string): Promise<FormRow> {
    const row = await this.#parts.store.lock(tx, id)
    if (!row) throw new Problem('form.not-found')
    this.#admit(caller, this.#parts.records.useOf(row.use))
    return row
  }

  async #draft(tx: Tx, caller: Caller, id: string, revision: number): Promise<FormRow> {
    const row = await this.#lock(tx, caller, id)
    if (row.state !== 'draft') throw new Problem('form.not-draft')
    if (row.revision === revision) return row
    throw new Problem('form.changed-meanwhile', `${row.updated_by}, ${row.updated_at}`)
  }

  #admit(caller: Caller, { permission }: FormUse): void {
    if (caller.permissions.has(permission)) return
    throw new Problem('permission.missing', permission)
  }
}

/** The same with every text in Unicode NFC. */
function composed(content: FormContent): FormContent {
  return JSON.parse(JSON.stringify(content).normalize()) as FormContent
}
