import { useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { Page, PageHead } from '../../components/page.tsx'
import { Tab, Tabs } from '../../components/tabs.tsx'
import { ruleTabs } from '../../search.ts'
import { CoverageTab } from './coverage-tab.tsx'
import { LibraryActs } from './library-acts.tsx'
import { LibraryTab } from './library-tab.tsx'
import { PublishButton } from './publish.tsx'
import { ReloadButton, RunningTab } from './running-tab.tsx'
import { SetsTab } from './sets-tab.tsx'
import { StationRulesTab } from './station-rules-tab.tsx'
import { StatisticsTab } from './statistics-tab.tsx'
import { TuningsTab } from './tunings-tab.tsx'

type TabName = (typeof ruleTabs)[number]
const route = getRouteApi('/shell/rules')

const parts: Record<TabName, { Body: ComponentType; Act?: ComponentType }> = {
  running: { Body: RunningTab, Act: ReloadButton },
  library: { Body: LibraryTab, Act: LibraryActs },
  sets: { Body: SetsTab, Act: PublishButton },
  stations: { Body: StationRulesTab },
  tunings: { Body: TuningsTab },
  statistics: { Body: StatisticsTab },
  coverage: { Body: CoverageTab },
}

/** What this node looks for, and the library its rules come from: written, reviewed, published, rolled out. */
export function RulesPage() {
  const { t } = useLingui()
  const { tab = 'running' } = route.useSearch()
  const { Body, Act } = parts[tab]
  const names: Record<TabName, string> = {
    running: t`Đang chạy ở nút này`,
    library: t`Thư viện luật`,
    sets: t`Bộ luật đã phát hành`,
    stations: t`Luật ở các trạm`,
    tunings: t`Tinh chỉnh`,
    statistics: t`Thống kê`,
    coverage: t`Độ bao phủ`,
  }
  return (
    <Page title={names[tab]}>
      <PageHead title={t`Luật phát hiện`} acts={Act ? <Act /> : null} />
      <Tabs label={t`Phần của trang`}>
        {ruleTabs.map((name) => (
          <Tab
            key={name}
            to="/rules"
            search={name === 'running' ? {} : { tab: name }}
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
