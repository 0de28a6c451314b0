import type { RegulationSummary } from '@haidang/contracts/regulation-api'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { plainDate } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'

/** Versions of regulation profiles one can set at stations: those of today and those to come, calendars apart. */
export function useProfileChoices() {
  const { t } = useLingui()
  const { language } = useWords()
  const query = useQuery({
    queryKey: ['regulations', 'list'],
    queryFn: ({ signal }) => api.regulations.list({}, signal),
  })
  const choicesOf = (summary: RegulationSummary) =>
    [summary.current, ...summary.scheduled].map(({ profile, version, effective_from }) => ({
      value: `${profile}@${version}`,
      name: t`${summary.name[language]}, bản ${version} từ ${plainDate(effective_from)}`,
    }))
  const items = query.data?.items ?? []
  const isCalendar = ({ calendar_until }: RegulationSummary) => calendar_until !== null
  return {
    calendar: items.filter(isCalendar).flatMap(choicesOf),
    regulations: items.filter((one) => !isCalendar(one)).flatMap(choicesOf),
  }
}
