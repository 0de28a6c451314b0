import type { Cluster, Spread } from '@haidang/contracts/cluster'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMay } from '../../api/session.ts'
import { Asked } from '../../components/asked.tsx'
import { Section } from '../../components/page.tsx'
import { SeverityMark } from '../../components/severity.tsx'
import { LoadingRows } from '../../components/states.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { spreadQuery } from './cluster-queries.ts'

/** What a cluster about spread is made of: what is the same, at whom, since when, and what they have in common. */
export function SpreadStory({ cluster }: { cluster: Cluster }) {
  const query = useQuery(spreadQuery(cluster))
  return (
    <Asked query={query} loading={<LoadingRows rows={5} />}>
      {(spread) => (
        <div className="flex flex-col gap-6">
          <Same spread={spread} />
          <Places spread={spread} />
          <Common spread={spread} />
        </div>
      )}
    </Asked>
  )
}

function Same({ spread }: { spread: Spread }) {
  const { t } = useLingui()
  const { organisations, clusters } = spread
  const first = clusters.map(({ first_time }) => first_time).toSorted()[0]
  const last = clusters[0]?.last_time
  return (
    <Section title={t`Vì sao nổ`}>
      <p className="pt-1 text-15">
        <Subject spread={spread} />
      </p>
      <p className="max-w-[70ch] pt-1 text-15 text-ink-2">
        <Plural
          value={organisations}
          other="Cùng một dấu hiệu xuất hiện ở # tổ chức trong một khoảng thời gian ngắn."
        />
      </p>
      {first && last ? (
        <p className="pt-1 text-13 text-ink-2">
          <Trans>
            Từ <Time at={first} as="absolute" /> đến <Time at={last} as="absolute" />
          </Trans>
        </p>
      ) : null}
    </Section>
  )
}

/** The rule, the indicator or the address that is the same everywhere. */
function Subject({ spread }: { spread: Spread }) {
  const { t } = useLingui()
  const { label } = useWords()
  const may = useMay()
  const { detector, rule_id: rule, what, clusters } = spread
  const title = clusters[0]?.title
  const kind = detector ? label('detector', detector) : t`địa chỉ nguồn`
  const isRule = detector === 'sigma' && rule !== null && may('rule.read')
  return (
    <>
      {isRule ? (
        <Link
          to="/rules/$id"
          params={{ id: rule }}
          className="font-medium text-accent hover:underline"
        >
          {title ?? what}
        </Link>
      ) : (
        <span className="break-words font-medium">{detector ? (title ?? what) : what}</span>
      )}
      <span className="ml-2 text-13 text-ink-3">{kind}</span>
    </>
  )
}

/** Each organisation with its newest cluster. */
function Places({ spread }: { spread: Spread }) {
  const { t } = useLingui()
  const { number } = useWords()
  const { organisations, hidden, clusters } = spread
  return (
    <Section title={t`Ở các tổ chức`} count={number(organisations)}>
      <ul className="divide-y divide-line">
        {clusters.map((cluster) => (
          <Place key={cluster.id} cluster={cluster} />
        ))}
      </ul>
      {hidden > 0 ? (
        <p className="pt-2 text-13 text-ink-2">
          <Plural value={hidden} other="Và # tổ chức mà bạn không được xem." />
        </p>
      ) : null}
    </Section>
  )
}

function Place({ cluster }: { cluster: Cluster }) {
  const { t } = useLingui()
  const { compact } = useWords()
  return (
    <li className="flex flex-col gap-1 py-2">
      <div className="flex min-w-0 items-center gap-2">
        <SeverityMark severity={cluster.severity} />
        <span className="min-w-0 truncate font-medium" title={cluster.organisation_name}>
          {cluster.organisation_name}
        </span>
        <span className="ml-auto shrink-0 text-12 text-ink-2">×{compact(cluster.alert_count)}</span>
        <Time at={cluster.last_time} className="shrink-0 text-12 text-ink-2" />
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-13">
        <Link
          to="/alerts/$id"
          params={{ id: cluster.id }}
          className="min-w-0 truncate text-accent hover:underline"
        >
          {cluster.title}
        </Link>
        <code className="min-w-0 truncate text-12 text-ink-2">{cluster.entity}</code>
        <Link
          to="/alerts/$id"
          params={{ id: cluster.last_alert_id }}
          className="text-12 text-accent hover:underline sm:ml-auto"
        >
          {t`Cảnh báo gần nhất`}
        </Link>
      </div>
    </li>
  )
}

/** Observables of the newest alerts, those that most organisations have first. */
function Common({ spread }: { spread: Spread }) {
  const { t } = useLingui()
  const may = useMay()
  if (spread.observables.length === 0) return null
  return (
    <Section title={t`Giá trị quan sát`}>
      <ul className="divide-y divide-line">
        {spread.observables.map(({ observable, organisations }) => (
          <li
            key={`${observable.type} ${observable.value}`}
            className="flex items-baseline gap-3 py-1.5"
          >
            <span className="w-28 shrink-0 text-12 text-ink-3">{observable.type}</span>
            {may('event.read') ? (
              <Link
                to="/events"
                search={{ q: `observable:"${observable.value}"`, range: '30d' }}
                className="min-w-0 break-all font-mono text-12 text-accent hover:underline"
              >
                {observable.value}
              </Link>
            ) : (
              <code className="min-w-0 break-all text-12">{observable.value}</code>
            )}
            <span className="ml-auto shrink-0 text-12 text-ink-2">
              <Plural value={organisations} other="# tổ chức" />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
