import type { ReleaseVersion } from '@haidang/contracts/release'
import type { Station } from '@haidang/contracts/station'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Section } from '../../components/page.tsx'
import { Exceptions } from '../release/exceptions.tsx'
import { PolicySettings } from '../release/policy-settings.tsx'
import { ReleaseHistory } from '../release/release-history.tsx'
import { RuleList } from '../release/rule-list.tsx'

/** What the owner of a station lets out, and how that came to be. */
export function StationRelease({ station }: { station: Station }) {
  const { t } = useLingui()
  const query = useQuery({
    queryKey: ['stations', 'release', station.id],
    queryFn: ({ signal }) => api.stations.release({ params: { id: station.id } }, signal),
    enabled: !station.local,
  })
  if (station.local) {
    return (
      <Section title={t`Dữ liệu rời nút`}>
        <p className="py-2">
          <Link
            to="/stations"
            search={{ tab: 'release' }}
            className="text-accent hover:underline"
          >{t`Chính sách của nút này`}</Link>
        </p>
      </Section>
    )
  }
  return (
    <Section title={t`Dữ liệu rời trạm`}>
      <Asked query={query}>{({ items }) => <Told versions={items} />}</Asked>
    </Section>
  )
}

function Told({ versions }: { versions: readonly ReleaseVersion[] }) {
  const { t } = useLingui()
  const [current] = versions
  if (!current)
    return <p className="py-2 text-ink-3">{t`Trạm chưa cho biết chính sách của mình.`}</p>
  return (
    <div className="flex flex-col gap-4">
      <RuleList rules={current.policy.rules} />
      <details>
        <summary className="cursor-pointer text-13 text-accent">{t`Ngoại lệ, giới hạn và lịch sử`}</summary>
        <div className="flex flex-col gap-6 pt-3">
          <Exceptions exceptions={current.policy.exceptions} />
          <PolicySettings policy={current.policy} />
          <ReleaseHistory versions={versions} />
        </div>
      </details>
    </div>
  )
}
