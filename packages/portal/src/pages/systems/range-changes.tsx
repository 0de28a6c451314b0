import type { AttributionChange } from '@haidang/contracts/attribution'
import { Plural, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'

const second = 1_000

/** The last changes of a system's ranges after which what is stored was attributed anew, with progress. */
export function RangeChanges({ systemId }: { systemId: string }) {
  const { t } = useLingui()
  const query = useQuery({
    queryKey: ['attribution', 'changes', systemId],
    queryFn: ({ signal }) =>
      api.attribution.changes({ query: { limit: 10, filter: `system_id:${systemId}` } }, signal),
    refetchInterval: ({ state }) =>
      state.data?.items.some((one) => one.state !== 'done') ? second : false,
  })
  const items = query.data?.items ?? []
  if (items.length === 0) return null
  return (
    <div className="pt-8">
      <Section title={t`Gán lại sau khi đổi dải`}>
        <ul className="divide-y divide-line pt-1">
          {items.map((one) => (
            <li key={one.id} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 py-2 text-13">
              <Time at={one.created_at} className="text-ink-2" />
              <code className="min-w-0 break-all">{one.ranges.join(', ')}</code>
              <span className="text-ink-2">{one.actor_name}</span>
              <span role="status">
                <State change={one} />
              </span>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  )
}

function State({ change: { state, progress, alerts, incidents } }: { change: AttributionChange }) {
  const { t } = useLingui()
  if (state === 'waiting') return t`đang chờ đến lượt`
  if (state === 'running') return t`đang gán lại, xong ${progress} %`
  if (alerts + incidents === 0) return t`không có gì phải gán lại`
  return (
    <>
      <Plural value={alerts} other="# cảnh báo" />
      {', '}
      <Plural value={incidents} other="# sự cố" />
    </>
  )
}
