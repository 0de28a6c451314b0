import { useQuery } from '@tanstack/react-query'
import { byName } from '../format/number.ts'
import { api } from './api.ts'
import { useMay, useMe } from './session.ts'

interface Named {
  readonly id: string
  readonly name: string
}

/** Organisations one can choose from, in Vietnamese order; who may not list them has their own, and the one at hand. */
export function useOrganisations(atHand?: Named): readonly Named[] {
  const may = useMay()
  const { node } = useMe()
  const query = useQuery({
    queryKey: ['organisations', 'all'],
    queryFn: ({ signal }) => api.organisations.list({ query: { limit: 500 } }, signal),
    enabled: may('organisation.read'),
  })
  const own = { id: node.organisation_id, name: node.organisation_name }
  const known = new Map<string, Named>(
    [own, ...(atHand ? [atHand] : []), ...(query.data?.items ?? [])].map((each) => [each.id, each]),
  )
  return [...known.values()].sort((a, b) => byName(a.name, b.name))
}
