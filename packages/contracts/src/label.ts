import type { Language } from './person.ts'

/** A word in both languages. */
export type Label = Readonly<Record<Language, string>>

export const label = (vi: string, en: string): Label => ({ vi, en })
