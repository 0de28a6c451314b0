import type { FormDifference } from '@haidang/contracts/form'
import { isEmpty, partsOf, type FormRow as Row, saidBy } from '@haidang/contracts/form-content'
import { type FormField, fieldsOf } from '@haidang/contracts/form-definition'
import { columnsOf } from '@haidang/contracts/form-shape'
import type { Caller } from '@haidang/runtime/caller'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import { fitted } from './form-fit.ts'
import type { FormRecords } from './form-records.ts'
import type { FormRow } from './form-tables.ts'
import { textOf } from './form-text.ts'
import type { FormSources } from './form-use.ts'

interface ReviewParts {
  readonly database: Database
  readonly records: FormRecords
}

/** A form beside the registers: where the two differ, and what of it is put forward as a change of these. */
export class FormReview {
  readonly #parts: ReviewParts

  constructor(parts: ReviewParts) {
    this.#parts = parts
  }

  /** Throws Problem form.not-found. */
  differences(caller: Caller, id: string): Promise<FormDifference[]> {
    const { database, records } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const row = await records.require(tx, id)
      const sources = await this.#sources(tx, caller, row)
      const takes = records.useOf(row.use).takeOver?.sources
      return this.#sourced(row).flatMap(({ field, source }) => {
        const registered = fitted(field, saidBy(sources, source))
        const said = saidBy(row.content, field.key)
        const filed = registered === undefined ? said : sameParts(field, said, registered)
        const texts = {
          filed: textOf(field, filed, caller.language),
          registered: textOf(field, registered, caller.language),
        }
        if (texts.filed === texts.registered || isEmpty(said)) return []
        const can_take_over = takes?.has(source) ?? false
        return [{ field: field.key, label: field.label, ...texts, can_take_over }]
      })
    })
  }

  /**
   * Puts forward what fields of a submitted form say as changes of the registers; how many requests that made.
   * Throws Problem form.not-found, form.not-submitted, request.invalid (fields), and as making requests does.
   */
  takeOver(
    caller: Caller,
    id: string,
    { fields, reason }: { readonly fields: readonly string[]; readonly reason: string },
  ): Promise<number> {
    const { database, records } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const row = await records.require(tx, id)
      if (row.state !== 'submitted') throw new Problem('form.not-submitted')
      const { takeOver } = records.useOf(row.use)
      const values = fields.map((key) => {
        const found = this.#sourced(row).find(({ field }) => field.key === key)
        const value = saidBy(row.content, key)
        if (found && value !== undefined && takeOver?.sources.has(found.source)) {
          return [found.source, value] as const
        }
        throw new Problem('request.invalid', `${key} is not kept in a register`, [
          { field: 'fields', cause: `${key}: not kept in a register`, remedy: 'leave it out' },
        ])
      })
      const asking = takeOver?.ask(
        tx,
        caller,
        records.filed(row),
        Object.fromEntries(values),
        reason,
      )
      const asked = (await asking) ?? 0
      await records.record(tx, caller, 'form.taken-over', row, reason)
      return asked
    })
  }

  #sourced(row: FormRow): { field: FormField; source: string }[] {
    return fieldsOf(this.#parts.records.definitionOf(row)).flatMap((field) =>
      field.source === undefined ? [] : [{ field, source: field.source }],
    )
  }

  #sources(tx: Tx, caller: Caller, row: FormRow): Promise<FormSources> {
    return this.#parts.records.useOf(row.use).sources(tx, caller, row)
  }
}

/** Of somebody only the parts the register keeps: it has no fax, and that is no difference. */
function sameParts(field: FormField, said: Parameters<typeof partsOf>[0], registered: unknown) {
  const somebody = field.kind === 'person' || field.kind === 'contact'
  if (!somebody || said === undefined) return said
  const kept = new Set(Object.keys(registered as Row))
  const parts = partsOf(said)
  const order = columnsOf(field).filter(({ key }) => kept.has(key))
  return Object.fromEntries(order.map(({ key }) => [key, parts[key] ?? '']))
}
