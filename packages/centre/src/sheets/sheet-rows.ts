import type { Label } from '@haidang/contracts/label'
import type { Page } from '@haidang/contracts/page'
import type { Language } from '@haidang/contracts/person'

/** A column of a sheet: its head, and its text of a row in a language. */
export interface SheetColumn<T> {
  readonly head: Label
  readonly text: (row: T, language: Language) => string
}

const mostRows = 100_000

/** The head and, page by page, the rows of a sheet; at most 100,000 of them. */
export async function sheetRows<T>(
  columns: readonly SheetColumn<T>[],
  language: Language,
  read: (cursor: string | undefined) => Promise<Page<T>>,
): Promise<string[][]> {
  const rows = [columns.map(({ head }) => head[language])]
  let cursor: string | undefined
  do {
    const { items, next } = await read(cursor)
    for (const item of items) rows.push(columns.map(({ text }) => text(item, language)))
    cursor = next ?? undefined
  } while (cursor !== undefined && rows.length <= mostRows)
  return rows
}

/** A truth as a cell says it; nothing for what is not so. */
export function yes(value: boolean, language: Language): string {
  return value ? (language === 'vi' ? 'có' : 'yes') : ''
}
