import type { InformationSystem } from '@haidang/contracts/system'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Section } from '../../components/page.tsx'
import { Pill } from '../../components/pill.tsx'
import { useWords } from '../../language/use-words.ts'
import { stationTones } from '../stations/station-tones.ts'

/** Which stations watch a system, as far as the reader may see them. */
export function SystemStations({ system }: { system: InformationSystem }) {
  const { t } = useLingui()
  const { label } = useWords()
  const { station_ids: ids } = system
  const query = useQuery({
    queryKey: ['estate', 'list', 'of-system', ids],
    queryFn: ({ signal }) =>
      api.estate.list(
        { query: { limit: 100, filter: ids.map((id) => `id:${id}`).join(' or ') } },
        signal,
      ),
    enabled: ids.length > 0,
  })
  return (
    <Section title={t`Trạm giám sát`}>
      {ids.length === 0 ? (
        <p className="py-2 text-13 text-ink-3">{t`Chưa trạm nào giám sát hệ thống này.`}</p>
      ) : (
        <Asked query={query}>
          {({ items }) => (
            <ul className="divide-y divide-line">
              {items.map(({ id, name, state, organisation_name }) => (
                <li key={id} className="flex flex-wrap items-center gap-x-3 py-1.5 text-13">
                  <Link to="/stations/$id" params={{ id }} className="text-accent hover:underline">
                    {name}
                  </Link>
                  <Pill tone={stationTones[state]}>{label('stationState', state)}</Pill>
                  <span className="text-ink-3">{organisation_name}</span>
                </li>
              ))}
            </ul>
          )}
        </Asked>
      )}
    </Section>
  )
}
