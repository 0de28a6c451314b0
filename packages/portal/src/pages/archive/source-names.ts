import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useMay } from '../../api/session.ts'
import { byName } from '../../format/number.ts'

/** A station has dozens; this bounds what a screen asks for. */
const mostPages = 10

interface SourceName {
  readonly value: string
  readonly name: string
}

/** Sources of this station by their id, in the order of their names; none for who may not list them. */
export function useSourceNames(): readonly SourceName[] {
  const may = useMay()
  const query = useQuery({
    queryKey: ['sources', 'by-name'],
    queryFn: ({ signal }) => readAll(signal),
    enabled: may('source.read'),
  })
  return query.data ?? []
}

async function readAll(signal: AbortSignal): Promise<SourceName[]> {
  const named: SourceName[] = []
  let cursor: string | undefined
  for (let page = 0; page < mostPages; page++) {
    const { items, next } = await api.sources.list({ query: { limit: 500, cursor } }, signal)
    named.push(...items.map(({ id, name }) => ({ value: id, name })))
    if (next === null) break
    cursor = next
  }
  return named.sort((a, b) => byName(a.name, b.name))
}
