import type { Station } from '@haidang/contracts/station'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { Section } from '../../components/page.tsx'
import { Pill } from '../../components/pill.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { toneOf } from '../stations/station-tones.ts'
import { silentSources } from './silent-sources.ts'

const mostShown = 8

/** Sources that do not send what they usually do: where, since when, why, and how much is missing. Gone when data return. */
export function SilentList({ stations }: { stations: readonly Station[] }) {
  const { t } = useLingui()
  const { label, compact } = useWords()
  const silent = silentSources(stations)
  if (silent.length === 0) return null
  return (
    <Section title={t`Nguồn im lặng`} count={silent.length}>
      <ul className="divide-y divide-line">
        {silent.slice(0, mostShown).map(({ station, source }) => (
          <li
            key={`${station.id} ${source.id}`}
            className="relative grid min-h-10 grid-cols-[minmax(0,1fr)_auto] items-center gap-3 py-1.5 hover:bg-hover"
          >
            <div className="min-w-0">
              <Link
                to="/stations/$id"
                params={{ id: station.id }}
                className="block truncate font-medium after:absolute after:inset-0 hover:underline"
              >
                {source.name}
              </Link>
              <p className="truncate text-12 text-ink-2">
                {station.name} · {label('silenceCause', source.cause ?? 'unknown')}
                {source.missed ? ` · ${t`thiếu khoảng ${compact(source.missed)} bản ghi`}` : ''}
              </p>
            </div>
            <div className="flex flex-col items-end text-12 text-ink-2">
              <Pill tone={toneOf(source)}>{label('sourceState', source.state)}</Pill>
              <Time at={source.since} className="text-ink-3" />
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}
