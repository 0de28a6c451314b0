import type { AdministrativeUnit } from '@haidang/contracts/administrative-unit'
import { isValidOn } from '@haidang/contracts/regulation'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { api } from '../../api/api.ts'
import { inputTime, secondsFromNow } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'

const profile = 'vn-units'
const none: readonly AdministrativeUnit[] = []

/** The provinces and cities of today; none before they are read. */
export function useUnits(): readonly AdministrativeUnit[] {
  const { data } = useQuery({
    queryKey: ['regulations', profile],
    queryFn: ({ signal }) => api.regulations.get({ params: { profile }, query: {} }, signal),
  })
  return useMemo(() => {
    const today = inputTime(secondsFromNow(0)).slice(0, 10)
    return data?.regulation.units.filter((unit) => isValidOn(unit, today)) ?? none
  }, [data])
}

/** What the unit of a code is called; a dash for none. */
export function useUnitNames(): (code: string) => string {
  const { language } = useWords()
  const units = useUnits()
  return useCallback(
    (code) => units.find(({ id }) => id === code)?.name[language] ?? (code || '—'),
    [units, language],
  )
}
