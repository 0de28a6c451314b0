import { useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { useMay } from '../../api/session.ts'
import { Page, PageHead } from '../../components/page.tsx'
import { Tab, Tabs } from '../../components/tabs.tsx'
import type { stationTabs } from '../../search.ts'
import { ArchiveTab } from '../archive/archive-tab.tsx'
import { ConfigurationTab } from '../configuration/configuration-tab.tsx'
import { ReleaseTab } from '../release/release-tab.tsx'
import { AddSourceButton } from './add-source.tsx'
import { CodesTab } from './codes-tab.tsx'
import { EstateTab } from './estate-tab.tsx'
import { GapsTab } from './gaps-tab.tsx'
import { InspectionsTab } from './inspections-tab.tsx'
import { JoinCodeButton } from './join-code.tsx'
import { KeysTab } from './keys-tab.tsx'
import { MapTab } from './map-tab.tsx'
import { ParentTab } from './parent-tab.tsx'
import { PlanTab } from './plan-tab.tsx'
import { ReceiveRequestButton } from './receive-request.tsx'
import { RejectsTab } from './rejects-tab.tsx'
import { SourcesTab } from './sources-tab.tsx'
import { StationsTab } from './stations-tab.tsx'

type TabName = (typeof stationTabs)[number]
const route = getRouteApi('/shell/stations')

const bodies: Record<TabName, ComponentType> = {
  stations: StationsTab,
  estate: EstateTab,
  map: MapTab,
  plan: PlanTab,
  inspections: InspectionsTab,
  gaps: GapsTab,
  configuration: ConfigurationTab,
  sources: SourcesTab,
  rejects: RejectsTab,
  parent: ParentTab,
  release: ReleaseTab,
  archive: ArchiveTab,
  codes: CodesTab,
  keys: KeysTab,
}

/** Who is connected, what is missing, and the node's own sources and parent. */
export function StationsPage() {
  const { t } = useLingui()
  const may = useMay()
  const search = route.useSearch()
  const shown: TabName[] = [
    ...(may('station.read')
      ? (['stations', 'estate', 'map', 'plan', 'inspections', 'gaps', 'configuration'] as const)
      : []),
    ...(may('source.read') ? (['sources', 'rejects'] as const) : []),
    ...(may('station.read') ? (['parent', 'release', 'archive'] as const) : []),
    ...(may('station.manage') ? (['codes', 'keys'] as const) : []),
  ]
  const tab = search.tab ?? shown[0] ?? 'stations'
  const Body = bodies[tab]
  const names: Record<TabName, string> = {
    stations: t`Trạm`,
    estate: t`Toàn mạng`,
    map: t`Bản đồ`,
    plan: t`Kế hoạch`,
    inspections: t`Kiểm tra định kỳ`,
    gaps: t`Khoảng trống`,
    configuration: t`Cấu hình trạm`,
    sources: t`Nguồn của nút này`,
    rejects: t`Bản ghi không đọc được`,
    parent: t`Cấp trên`,
    release: t`Dữ liệu rời nút`,
    archive: t`Lưu giữ và lưu trữ`,
    codes: t`Mã kết nối`,
    keys: t`Khóa của nút`,
  }
  return (
    <Page title={names[tab]}>
      <PageHead
        title={t`Trạm`}
        acts={
          tab === 'sources' ? (
            <AddSourceButton />
          ) : tab === 'stations' || tab === 'codes' ? (
            <>
              <ReceiveRequestButton />
              <JoinCodeButton />
            </>
          ) : null
        }
      />
      <Tabs label={t`Phần của trang`}>
        {shown.map((name) => (
          <Tab
            key={name}
            to="/stations"
            search={name === 'stations' ? {} : { tab: name }}
            active={tab === name}
          >
            {names[name]}
          </Tab>
        ))}
      </Tabs>
      <Body />
    </Page>
  )
}
