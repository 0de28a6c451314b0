import type { RuleStatistics } from '@haidang/contracts/rule-library'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '../../api/api.ts'
import { statisticsDays } from './library-words.ts'

/** How the rules of the library did in the last days, by rule; empty until it is known. */
export function useRuleStatistics(): ReadonlyMap<string, RuleStatistics> {
  const { data } = useQuery({
    queryKey: ['rule-statistics', statisticsDays],
    queryFn: ({ signal }) =>
      api.ruleLibrary.statistics({ query: { days: String(statisticsDays) } }, signal),
    staleTime: 60_000,
  })
  return useMemo(() => new Map(data?.items.map((one) => [one.rule_id, one])), [data])
}
