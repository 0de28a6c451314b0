import type { FormContent, FormValue } from '@haidang/contracts/form-content'
import type { Permission } from '@haidang/contracts/permission'
import type { Caller } from '@haidang/runtime/caller'
import type { Tx } from '@haidang/runtime/database/database'

/** What registers say, by the names fields give as their source. */
export type FormSources = Readonly<Record<string, FormValue>>

/** A form at the moment it is submitted or taken over from. */
export interface FiledForm {
  readonly id: string
  readonly organisation_id: string
  readonly subject: string
  /** 1: the first one about its subject. */
  readonly version: number
  readonly submitted_by_id: string
  readonly submitted_by: string
  readonly content: FormContent
  /** What fields say, by what they mean to the module the form is for. */
  readonly meant: FormSources
}

/** What a module does with forms of one use; how one attaches forms to things of its own. */
export interface FormUse {
  /** Asked of who fills such a form in, besides `form.fill`. */
  readonly permission: Permission
  /** The organisation a form about this belongs to. Throws the module's own not-found Problem. */
  owner(tx: Tx, subject: string): Promise<string>
  /** What the form is filled from, as far as the caller may know it. */
  sources(tx: Tx, caller: Caller, about: FormSubject): Promise<FormSources>
  /** Told in the transaction of the submission; what it throws undoes the submission. */
  submitted?(tx: Tx, caller: Caller, form: FiledForm): Promise<void>
  /** Told in the transaction of a withdrawal; without it a submitted form is not withdrawn. */
  withdrawn?(tx: Tx, caller: Caller, form: FiledForm): Promise<void>
  /** Sources whose values can be put forward as changes of the registers, and how; the number of requests made. */
  readonly takeOver?: {
    readonly sources: ReadonlySet<string>
    readonly ask: (
      tx: Tx,
      caller: Caller,
      form: FiledForm,
      values: FormSources,
      reason: string,
    ) => Promise<number>
  }
}

/** What a form is about, and whose it is. */
export interface FormSubject {
  readonly organisation_id: string
  readonly subject: string
}
