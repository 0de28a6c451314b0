import { Ring, type RuleSet } from '@haidang/contracts/rule-set'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'

const recent = 100

/** The newest sets, newest first; empty until they are known. */
export function useRecentSets(): readonly RuleSet[] {
  const { data } = useQuery({
    queryKey: ['rule-sets', 'recent'],
    queryFn: ({ signal }) => api.ruleSets.list({ query: { limit: recent } }, signal),
  })
  return data?.items ?? []
}

/** Whether a set was rolled out to a ring, as each ring holds those before it. */
export function isCovered(set: Pick<RuleSet, 'ring'>, ring: Ring): boolean {
  return set.ring !== null && Ring.options.indexOf(set.ring) >= Ring.options.indexOf(ring)
}
