import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { api } from '../../api/api.ts'
import { useMay, useMe } from '../../api/session.ts'
import { Asked } from '../../components/asked.tsx'
import { Section } from '../../components/page.tsx'
import { LoadingRows } from '../../components/states.tsx'
import { Time, useNow } from '../../components/time.tsx'
import { inputTime, instantOf, instantOfInput } from '../../format/instant.ts'
import { dutyQuery } from './shift-queries.ts'

const eight = 8 * 3_600_000
const shown = 8

/** What came, changed or ran late since one’s shift began; off duty, in the last eight hours. */
export function MyShift() {
  const { t } = useLingui()
  const { person } = useMe()
  const may = useMay()
  const now = useNow()
  const duty = useQuery(dutyQuery)
  const own = duty.data?.current.find(({ officer, members }) =>
    [officer, ...members].some((one) => one?.id === person.id),
  )
  // By the minute, so that the questions stay the same while the clock runs.
  const before = instantOfInput(inputTime(instantOf(now - eight))) ?? ''
  const since = own?.starts_at ?? before
  if (duty.isPending) return <LoadingRows />
  return (
    <div className="flex flex-col gap-6">
      <p className="text-13 text-ink-2">
        {own ? t`Từ đầu ca của bạn` : t`Bạn không trong ca; tám giờ vừa qua`}:{' '}
        <Time at={since} as="absolute" />
      </p>
      <div className="grid gap-x-10 gap-y-6 lg:grid-cols-2">
        {may('alert.read') ? <NewAlerts since={since} /> : null}
        {may('incident.read') ? <Incidents since={since} /> : null}
        {may('order.read') ? <Orders since={since} /> : null}
        {may('deadline.read') ? <LateDeadlines /> : null}
      </div>
    </div>
  )
}

interface Line {
  readonly id: string
  readonly link: ReactNode
  readonly at: string | null
}

/** A part of what happened: so many lines, and whether there is more. */
function Happened({ title, of, more }: { title: string; of: readonly Line[]; more: ReactNode }) {
  const { t } = useLingui()
  const lines = of.slice(0, shown)
  const count = of.length > shown ? `${shown}+` : of.length
  return (
    <Section title={title} count={count} acts={more}>
      {lines.length === 0 ? (
        <p className="py-2 text-13 text-ink-3">{t`Không có gì.`}</p>
      ) : (
        <ul className="divide-y divide-line">
          {lines.map(({ id, link, at }) => (
            <li key={id} className="flex min-w-0 items-baseline gap-3 py-1.5 text-13">
              <span className="min-w-0 flex-1 truncate">{link}</span>
              {at ? <Time at={at} className="shrink-0 text-12 text-ink-3" /> : null}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

const limit = shown + 1

function NewAlerts({ since }: { since: string }) {
  const { t } = useLingui()
  const filter = `first_time>=${since}`
  const query = useQuery({
    queryKey: ['clusters', 'since', since],
    queryFn: ({ signal }) => api.clusters.list({ query: { limit, filter } }, signal),
  })
  return (
    <Asked query={query} loading={<LoadingRows rows={3} />}>
      {({ items }) => (
        <Happened
          title={t`Cảnh báo mới`}
          more={
            <Link to="/alerts" search={{ q: filter, range: '24h' }} className="hover:underline">
              {t`Tất cả`}
            </Link>
          }
          of={items.map(({ id, title, last_time }) => ({
            id,
            at: last_time,
            link: (
              <Link to="/alerts/$id" params={{ id }} className="hover:underline">
                {title}
              </Link>
            ),
          }))}
        />
      )}
    </Asked>
  )
}

function Incidents({ since }: { since: string }) {
  const { t } = useLingui()
  const filter = `updated_at>=${since}`
  const query = useQuery({
    queryKey: ['incidents', 'since', since],
    queryFn: ({ signal }) => api.incidents.list({ query: { limit, filter } }, signal),
  })
  return (
    <Asked query={query} loading={<LoadingRows rows={3} />}>
      {({ items }) => (
        <Happened
          title={t`Sự cố mới hoặc có thay đổi`}
          more={
            <Link to="/incidents" search={{ q: filter }} className="hover:underline">
              {t`Tất cả`}
            </Link>
          }
          of={items.map(({ id, number, title, updated_at }) => ({
            id,
            at: updated_at,
            link: (
              <Link to="/incidents/$id" params={{ id }} className="hover:underline">
                {number} · {title}
              </Link>
            ),
          }))}
        />
      )}
    </Asked>
  )
}

function Orders({ since }: { since: string }) {
  const { t } = useLingui()
  const filter = `updated_at>=${since}`
  const query = useQuery({
    queryKey: ['orders', 'since', since],
    queryFn: ({ signal }) => api.orders.list({ query: { limit, filter } }, signal),
  })
  return (
    <Asked query={query} loading={<LoadingRows rows={3} />}>
      {({ items }) => (
        <Happened
          title={t`Lệnh mới hoặc có trả lời`}
          more={
            <Link to="/orders" search={{ q: filter }} className="hover:underline">
              {t`Tất cả`}
            </Link>
          }
          of={items.map(({ id, number, title, issued_at }) => ({
            id,
            at: issued_at,
            link: (
              <Link to="/orders/$id" params={{ id }} className="hover:underline">
                {number} · {title}
              </Link>
            ),
          }))}
        />
      )}
    </Asked>
  )
}

function LateDeadlines() {
  const { t, i18n } = useLingui()
  const filter = 'state:passed'
  const query = useQuery({
    queryKey: ['deadlines', 'late'],
    queryFn: ({ signal }) => api.deadlines.list({ query: { limit, filter } }, signal),
  })
  const language = i18n.locale === 'en' ? 'en' : 'vi'
  return (
    <Asked query={query} loading={<LoadingRows rows={3} />}>
      {({ items }) => (
        <Happened
          title={t`Đang quá hạn`}
          more={
            <Link to="/deadlines" search={{ view: 'passed' }} className="hover:underline">
              {t`Tất cả`}
            </Link>
          }
          of={items.map(({ id, subject_label, name, due_at }) => ({
            id,
            at: due_at,
            link: `${subject_label} · ${name[language]}`,
          }))}
        />
      )}
    </Asked>
  )
}
