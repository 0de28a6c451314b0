import type {
  ConfigurationState,
  StationConfiguration,
} from '@haidang/contracts/station-configuration'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Section } from '../../components/page.tsx'
import { Pill, type Tone } from '../../components/pill.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { SettingPill } from './setting-pill.tsx'
import { useSettingName } from './setting-words.ts'

const tones: Record<ConfigurationState, Tone> = {
  none: 'neutral',
  pending: 'accent',
  applied: 'good',
  partly: 'medium',
}

/** What each station was given, and what it says of every setting. */
export function ConfiguredStations() {
  const { t } = useLingui()
  const { query, items } = usePages({
    queryKey: ['station-configuration', 'stations'],
    read: (cursor, signal) =>
      api.stationConfiguration.stations({ query: { limit: 50, cursor } }, signal),
  })
  return (
    <Section title={t`Từng trạm`}>
      <Asked query={query}>
        {() =>
          items.length === 0 ? (
            <p className="py-2 text-13 text-ink-3">{t`Chưa có trạm nào được duyệt.`}</p>
          ) : (
            <ul className="divide-y divide-line">
              {items.map((one) => (
                <StationLine key={one.station_id} station={one} />
              ))}
            </ul>
          )
        }
      </Asked>
      {query.hasNextPage ? (
        <Button
          className="mt-2"
          busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t`Xem thêm`}
        </Button>
      ) : null}
    </Section>
  )
}

function StationLine({ station }: { station: StationConfiguration }) {
  const { t } = useLingui()
  const { label } = useWords()
  const nameOf = useSettingName()
  const { station_id, station_name, state, assigned, answered_at, settings } = station
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 text-13">
      <Link
        to="/stations/$id"
        params={{ id: station_id }}
        className="font-medium text-accent hover:underline"
      >
        {station_name}
      </Link>
      <Pill tone={tones[state]}>{label('configurationState', state)}</Pill>
      {assigned === null ? null : (
        <span className="text-12 text-ink-3">
          {t`bản ${assigned}`}
          {answered_at ? (
            <>
              {' · '}
              {t`trả lời`} <Time at={answered_at} as="absolute" />
            </>
          ) : null}
        </span>
      )}
      <ul className="flex w-full flex-col gap-1">
        {settings.map(({ name, state: how, problem }) => (
          <li key={name} className="flex flex-wrap items-center gap-2 text-12">
            <span>{nameOf(name)}</span> <SettingPill state={how} />
            {how === 'invalid' ? <span className="text-critical">{problem}</span> : null}
          </li>
        ))}
      </ul>
    </li>
  )
}
