import type { UnitStations } from '@haidang/contracts/estate'
import type { StationState } from '@haidang/contracts/station'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { gutter } from '../../components/page.tsx'
import { Pill } from '../../components/pill.tsx'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'
import { UnitMap } from '../settings/unit-map.tsx'
import { stationTones } from './station-tones.ts'
import { useUnitNames, useUnits } from './use-unit-names.ts'

/** Worst first: what the colour of a province is taken from. */
const worst: readonly StationState[] = [
  'silent',
  'quiet',
  'pending',
  'connected',
  'revoked',
  'rejected',
]
const fills: Record<StationState, string> = {
  silent: 'fill-critical',
  quiet: 'fill-medium',
  pending: 'fill-low',
  connected: 'fill-good',
  revoked: 'fill-ink-3',
  rejected: 'fill-ink-3',
}

/** Where stations stand and how they are: a map coloured by the worst state, and the same in a table. */
export function MapTab() {
  const query = useQuery({
    queryKey: ['estate', 'units'],
    queryFn: ({ signal }) => api.estate.units({}, signal),
    refetchInterval: 30_000,
  })
  return (
    <div className={cn('py-5', gutter)}>
      <Asked query={query}>{({ items }) => <Places places={items} />}</Asked>
    </div>
  )
}

function worstOf({ states }: UnitStations): StationState | undefined {
  return worst.find((state) => (states[state] ?? 0) > 0)
}

function Places({ places }: { places: readonly UnitStations[] }) {
  const { t } = useLingui()
  const { label } = useWords()
  const units = useUnits()
  const nameOf = useUnitNames()
  const [chosen, setChosen] = useState<string>()
  const placeOf = (code: string) => places.find(({ unit }) => unit === code)
  const stateOf = (code: string) => {
    const place = placeOf(code)
    return place && worstOf(place)
  }
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(260px,420px)]">
      <div className="min-w-0 overflow-x-auto">
        <table className="w-full text-13">
          <caption className="pb-2 text-left text-13 text-ink-2">
            {t`Tỉnh, thành mang màu của trạng thái xấu nhất trong các trạm của mình.`}
          </caption>
          <thead className="text-left text-12 text-ink-3">
            <tr>
              <th className="py-1.5 pr-3 font-medium">{t`Tỉnh, thành`}</th>
              <th className="py-1.5 pr-3 text-right font-medium">{t`Trạm`}</th>
              <th className="py-1.5 font-medium">{t`Trạng thái`}</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line border-line border-y">
            {places.map((place) => (
              <tr key={place.unit} className={cn(chosen === place.unit && 'bg-accent-soft')}>
                <td className="py-1.5 pr-3">
                  <Link
                    to="/stations"
                    search={{ tab: 'estate', q: `unit:${place.unit || '""'}` }}
                    className="text-accent hover:underline"
                  >
                    {place.unit ? nameOf(place.unit) : t`Chưa rõ nơi đặt`}
                  </Link>
                </td>
                <td className="py-1.5 pr-3 text-right tabular-nums">{place.stations}</td>
                <td className="flex flex-wrap gap-1.5 py-1.5">
                  {worst
                    .filter((state) => (place.states[state] ?? 0) > 0)
                    .map((state) => (
                      <Pill key={state} tone={stationTones[state]}>
                        {place.states[state]} {label('stationState', state)}
                      </Pill>
                    ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {places.length === 0 ? (
          <p className="py-4 text-13 text-ink-3">{t`Chưa có trạm nào`}</p>
        ) : null}
      </div>
      <div className="order-first lg:sticky lg:top-4 lg:order-none lg:self-start">
        <UnitMap
          units={units}
          chosen={chosen}
          onChoose={setChosen}
          fillOf={(code) => {
            const state = stateOf(code)
            return state && fills[state]
          }}
          noteOf={(code) => {
            const state = stateOf(code)
            return state ? label('stationState', state) : t`không có trạm`
          }}
        />
      </div>
    </div>
  )
}
