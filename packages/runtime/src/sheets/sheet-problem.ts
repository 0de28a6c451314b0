import type { Label } from '@haidang/contracts/label'
import type { Language } from '@haidang/contracts/person'
import { Problem } from '../problem.ts'

/** Refuses a sheet that cannot be read or is more than the limits allow, in words of both languages. */
export class SheetProblem extends Problem {
  readonly words: { readonly cause: Label; readonly remedy: Label }

  constructor(cause: Label, remedy: Label) {
    super('sheet.unreadable', cause.en)
    this.words = { cause, remedy }
  }

  override told(language: Language): ReturnType<Problem['told']> {
    const [cause, remedy] = [this.words.cause[language], this.words.remedy[language]]
    return { detail: cause, errors: [{ field: 'content', cause, remedy }] }
  }
}
