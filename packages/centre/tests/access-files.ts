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

/** What a file must not tell: things one may not see, and organisations by name where they are its rows. */
export function foreign(
  others: readonly Lot[],
  table: string | null | undefined,
  names: ReadonlyMap<string, string>,
): string[] {
  if (table === null) return [...names.values()]
  if (table === 'journal') return others.map(({ things }) => things.incident)
  const words = others.flatMap(({ things }) => [things.station, names.get(things.organisation)])
  return words.map((word) => word ?? '?')
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
