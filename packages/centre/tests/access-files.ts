import type { Endpoint } from '@haidang/contracts/endpoint'
import { readSheet } from '@haidang/runtime/sheets/read-sheet'
import type { Lot } from './access-ground.ts'

/** The words in a file, whatever its format. */
export async function words(bytes: Uint8Array, format: string): Promise<string> {
  if (format !== 'xlsx') return Buffer.from(bytes).toString()
  const cells: string[] = []
  await readSheet(bytes, format, (_, row) => cells.push(...row.map(({ text }) => text)))
  return cells.join('\n')
}

/** What things are called in files: organisations and experts by name, information systems by code. */
export const namesQuery = `select id, name from organisation union all select id, name from expert
  union all select id, code from information_system`

/** Words a file has of somebody's things. */
export function wordsOf(
  { things }: Lot,
  table: string,
  names: ReadonlyMap<string, string>,
): string[] {
  const called = (id: string) => names.get(id) ?? id
  if (table === 'journal') return [things.incident]
  if (table === 'information_system') return [called(things.system)]
  if (table === 'expert') return [called(things.expert), called(things.organisation)]
  if (table === 'form') return [called(things.organisation)]
  return [things.station, called(things.organisation)]
}

/** What a file must not tell. */
export function foreign(
  others: readonly Lot[],
  table: string | null | undefined,
  names: ReadonlyMap<string, string>,
): string[] {
  if (!table) return [...names.values()]
  return others.flatMap((lot) => wordsOf(lot, table, names))
}

/** Whether a text has a word as a whole: HT.1 is not in HT.10. */
export function tells(text: string, word: string): boolean {
  const plain = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\p{L}\\p{N}])${plain}(?![\\p{L}\\p{N}])`, 'u').test(text)
}

/** Whether a call answers with a file or a redirection: its reply has no shape of JSON. */
export function isFile({ reply }: Endpoint): boolean {
  return reply.type === 'unknown'
}

/** Formats a call answers in, as its query says. */
export function formatsOf(query: Endpoint['query']): string[] {
  const shape = query && 'shape' in query ? (query.shape as Record<string, unknown>) : {}
  const { format } = shape as { format?: { readonly options?: readonly string[] } }
  return [...(format?.options ?? [])]
}
