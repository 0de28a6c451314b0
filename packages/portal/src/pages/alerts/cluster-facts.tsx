import type { Cluster } from '@haidang/contracts/cluster'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { Fact, Facts } from '../../components/facts.tsx'
import { Identifier } from '../../components/identifier.tsx'
import { TlpLabel } from '../../components/pill.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { entityOf } from './cluster-queries.ts'
import { OwningSystem } from './owning-system.tsx'

export function ClusterFacts({ cluster }: { cluster: Cluster }) {
  const { t } = useLingui()
  const { number, label } = useWords()
  const entity = entityOf(cluster)
  return (
    <Facts>
      {entity === undefined ? null : (
        <Fact name={t`Đối tượng`}>
          <Link
            to="/events"
            search={{ q: `observable:"${entity}"`, range: '24h' }}
            className="break-all font-mono text-12 text-accent hover:underline"
          >
            {entity}
          </Link>
        </Fact>
      )}
      {entity === undefined ? null : <OwningSystem cluster={cluster} entity={entity} />}
      <Fact name={t`Tổ chức`}>{cluster.organisation_name}</Fact>
      <Fact name={t`Ở trạm`}>{cluster.station_name}</Fact>
      <Fact name={t`Số cảnh báo`}>{number(cluster.alert_count)}</Fact>
      <Fact name={t`Lần đầu`}>
        <Time at={cluster.first_time} as="absolute" />
      </Fact>
      <Fact name={t`Gần nhất`}>
        <Time at={cluster.last_time} as="absolute" />
      </Fact>
      <Fact name={t`Phụ trách`}>{cluster.assignee_name ?? '—'}</Fact>
      {cluster.snoozed_until ? (
        <Fact name={t`Ẩn tới`}>
          <Time at={cluster.snoozed_until} as="absolute" />
        </Fact>
      ) : null}
      {cluster.close_reason ? (
        <Fact name={t`Lý do đóng`}>
          {label('closeReason', cluster.close_reason)}
          {cluster.close_note ? <p className="text-ink-2">{cluster.close_note}</p> : null}
        </Fact>
      ) : null}
      {cluster.incident_id ? (
        <Fact name={t`Thuộc sự cố`}>
          <Link
            to="/incidents/$id"
            params={{ id: cluster.incident_id }}
            className="text-accent hover:underline"
          >
            {t`Mở sự cố`}
          </Link>
        </Fact>
      ) : null}
      {cluster.tags.length > 0 ? (
        <Fact name={t`Nhãn`}>
          <span className="break-words font-mono text-12 text-ink-2">
            {cluster.tags.join(' · ')}
          </span>
        </Fact>
      ) : null}
      <Fact name="TLP">
        <TlpLabel tlp={cluster.tlp} />
      </Fact>
      <Fact name={t`Mã`}>
        <Identifier value={cluster.id} />
      </Fact>
    </Facts>
  )
}
