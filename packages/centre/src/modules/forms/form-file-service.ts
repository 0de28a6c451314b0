import type { Form, FormFile } from '@haidang/contracts/form'
import type { SheetFormat } from '@haidang/contracts/sheet-import'
import type { Tlp } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import type { Database } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import { writeSheet } from '@haidang/runtime/sheets/write-sheet'
import { type FormRecords, hashOf } from './form-records.ts'
import type { FormService } from './form-service.ts'
import { formRows } from './form-text.ts'

interface FileParts {
  readonly database: Database
  readonly records: FormRecords
  readonly forms: FormService
}

/** Forms as files: taken along, and read in again. */
export class FormFileService {
  readonly #parts: FileParts

  constructor(parts: FileParts) {
    this.#parts = parts
  }

  /** Throws Problem form.not-found. */
  file({ scope }: Caller, id: string): Promise<FormFile> {
    const { database, records } = this.#parts
    return database.transact(scope, async (tx) => records.file(tx, await records.require(tx, id)))
  }

  /** One form field by field, in the language of who asks. Throws Problem form.not-found. */
  sheet({ scope, language }: Caller, id: string, format: SheetFormat): Promise<Uint8Array> {
    const { database, records } = this.#parts
    return database.transact(scope, async (tx) => {
      const row = await records.require(tx, id)
      return writeSheet(formRows(records.definitionOf(row), row.content, language), format)
    })
  }

  /** Begins a form with what a file says. Throws Problem form.altered, and as `FormService.beginWith`. */
  read(
    caller: Caller,
    { file, ...about }: { readonly use: string; readonly subject: string; readonly file: FormFile },
  ): Promise<{ form: Form; left: string[] }> {
    if (file.hash !== '' && file.hash !== hashOf(file)) throw new Problem('form.altered')
    const tlp: Tlp = 'amber'
    return this.#parts.forms.beginWith(caller, { ...about, tlp }, file.content)
  }
}
