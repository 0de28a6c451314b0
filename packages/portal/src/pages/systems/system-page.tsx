import type { InformationSystem } from '@haidang/contracts/system'
import { useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import { PencilLine } from 'lucide-react'
import { useEffect } from 'react'
import { useRefusal } from '../../api/refusal-text.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { ObjectHead } from '../../components/object-head.tsx'
import { gutter, Page } from '../../components/page.tsx'
import { Pill, TlpLabel } from '../../components/pill.tsx'
import { Tab, Tabs } from '../../components/tabs.tsx'
import { useWords } from '../../language/use-words.ts'
import type { systemParts } from '../../search.ts'
import { remember } from '../../shell/recent.ts'
import { SystemComponents } from './system-components.tsx'
import { SystemDeclaration } from './system-declaration.tsx'
import { SystemMonitoringPart } from './system-monitoring.tsx'
import { SystemOverview } from './system-overview.tsx'
import { SystemRanges } from './system-ranges.tsx'
import { LevelMark } from './system-words.tsx'
import { useSystem } from './use-system.ts'

const route = getRouteApi('/shell/systems/$id')

const bodies = {
  overview: SystemOverview,
  ranges: SystemRanges,
  declaration: SystemDeclaration,
  components: SystemComponents,
  monitoring: SystemMonitoringPart,
} as const satisfies Record<(typeof systemParts)[number], unknown>

/** One information system: whose, what it consists of, where it is, how it is monitored. */
export function SystemPage() {
  const { t } = useLingui()
  const { id } = route.useParams()
  const query = useSystem(id)
  return (
    <Page title={query.data?.name ?? t`Hệ thống thông tin`}>
      <Asked query={query}>{(system) => <Body system={system} />}</Asked>
    </Page>
  )
}

function Body({ system }: { system: InformationSystem }) {
  const { t } = useLingui()
  const { label } = useWords()
  const refusal = useRefusal()
  const navigate = route.useNavigate()
  const { part = 'overview' } = route.useSearch()
  const Part = bodies[part]
  const { id, name } = system
  useEffect(() => remember({ path: `/systems/${id}`, title: name, draft: false }), [id, name])
  const names = {
    overview: t`Tổng quan`,
    ranges: t`Dải và tên miền`,
    declaration: t`Khai báo kỹ thuật`,
    components: t`Phần mềm, dịch vụ, nhật ký`,
    monitoring: t`Giám sát`,
  }
  return (
    <>
      <ObjectHead
        line={
          <>
            <code className="text-ink-2">{system.code}</code>
            <LevelMark level={system.level} />
            {system.importance.map((word) => (
              <Pill key={word} tone="accent">
                {label('importance', word)}
              </Pill>
            ))}
            <TlpLabel tlp={system.tlp} />
            <span className="text-ink-2">{system.organisation_name}</span>
          </>
        }
        title={name}
        acts={
          <Button
            refusal={refusal('system.manage')}
            onClick={() => void navigate({ to: '/systems/$id/edit', params: { id } })}
          >
            <PencilLine aria-hidden="true" className="size-4" />
            {t`Sửa`}
          </Button>
        }
      />
      <Tabs label={t`Phần của trang`}>
        {(Object.keys(bodies) as (keyof typeof bodies)[]).map((each) => (
          <Tab
            key={each}
            to="/systems/$id"
            params={{ id }}
            search={each === 'overview' ? {} : { part: each }}
            active={part === each}
            {...(each === 'ranges' ? { count: system.range_count } : {})}
          >
            {names[each]}
          </Tab>
        ))}
      </Tabs>
      <div className={`py-5 pb-24 md:pb-10 ${gutter}`}>
        <Part system={system} />
      </div>
    </>
  )
}
