import type {
  ConfigurationPlan,
  ConfigurationVersion,
} from '@haidang/contracts/station-configuration'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { gutter, Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'
import { ConfigurationHistory } from './configuration-history.tsx'
import { ConfiguredStations } from './configured-stations.tsx'
import { GroupDialog } from './group-dialog.tsx'
import { GroupList } from './group-list.tsx'
import { PublishPlan } from './publish-plan.tsx'

type Groups = ConfigurationPlan['groups']

/** What this node sets at the stations below it, and what each of them says of it. */
export function ConfigurationTab() {
  const query = useQuery({
    queryKey: ['station-configuration', 'current'],
    queryFn: ({ signal }) => api.stationConfiguration.current({}, signal),
  })
  return (
    <div className={`flex flex-col gap-8 py-5 ${gutter}`}>
      <Asked query={query}>
        {({ current }) => <PlanEditor key={current?.number ?? 0} current={current} />}
      </Asked>
      <ConfiguredStations />
      <ConfigurationHistory />
    </div>
  )
}

/** The plan in force, and a draft of the next one once something is changed. */
function PlanEditor({ current }: { current: ConfigurationVersion | null }) {
  const { t } = useLingui()
  const refusal = useRefusal()('station.manage')
  const inForce = current?.plan.groups ?? []
  const [groups, setGroups] = useState<Groups>(inForce)
  const [edited, setEdited] = useState<number>()
  const [isPublishing, setPublishing] = useState(false)
  const isDraft = groups !== inForce && JSON.stringify(groups) !== JSON.stringify(inForce)
  const put = (at: number, group: Groups[number]) => {
    setGroups(at < groups.length ? groups.with(at, group) : [...groups, group])
    setEdited(undefined)
  }
  return (
    <Section title={t`Đặt cho các trạm`}>
      <p className="max-w-2xl pt-2 text-13 text-ink-2">
        {t`Nhóm sau thay giá trị của nhóm trước ở những trạm cả hai cùng tới. Chủ quản của trạm quyết định có nhận hay không.`}
      </p>
      {current ? (
        <p className="pt-1 text-12 text-ink-3">
          {t`Bản ${current.number}`} · {current.actor_name} ·{' '}
          <Time at={current.created_at} as="absolute" /> · {current.reason}
        </p>
      ) : null}
      <GroupList groups={groups} onChange={setGroups} onEdit={setEdited} />
      <div className="flex flex-wrap gap-2 pt-3">
        <Button refusal={refusal} onClick={() => setEdited(groups.length)}>{t`Thêm nhóm…`}</Button>
        {isDraft ? (
          <>
            <Button look="primary" refusal={refusal} onClick={() => setPublishing(true)}>
              {t`Xem trước và đặt…`}
            </Button>
            <Button look="quiet" onClick={() => setGroups(inForce)}>{t`Bỏ thay đổi`}</Button>
          </>
        ) : null}
      </div>
      {edited === undefined ? null : (
        <GroupDialog
          group={groups[edited]}
          taken={groups.filter((_, at) => at !== edited).map(({ name }) => name)}
          onPut={(group) => put(edited, group)}
          onClose={() => setEdited(undefined)}
        />
      )}
      {isPublishing ? (
        <PublishPlan
          plan={{ groups }}
          basedOn={current?.number ?? 0}
          onClose={() => setPublishing(false)}
        />
      ) : null}
    </Section>
  )
}
