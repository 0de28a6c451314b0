import { useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import { Page, PageHead } from '../../components/page.tsx'
import { Tab, Tabs } from '../../components/tabs.tsx'
import { systemTabs } from '../../search.ts'
import { CompletenessTab } from './completeness-tab.tsx'
import { ImportTab } from './import-tab.tsx'
import { NewSystemButton } from './new-system-button.tsx'
import { SystemsTab } from './systems-tab.tsx'
import { WhoseTab } from './whose-tab.tsx'

const route = getRouteApi('/shell/systems')
const bodies = {
  systems: SystemsTab,
  whose: WhoseTab,
  completeness: CompletenessTab,
  import: ImportTab,
}

/** Which information systems there are, whose an address is, and what owners have not told yet. */
export function SystemsPage() {
  const { t } = useLingui()
  const { tab = 'systems' } = route.useSearch()
  const Body = bodies[tab]
  const names = {
    systems: t`Danh mục`,
    whose: t`Của ai?`,
    completeness: t`Mức đầy đủ`,
    import: t`Nhập, xuất`,
  }
  return (
    <Page title={t`Hệ thống thông tin`}>
      <PageHead title={t`Hệ thống thông tin`} acts={<NewSystemButton />} />
      <Tabs label={t`Phần của trang`}>
        {systemTabs.map((name) => (
          <Tab
            key={name}
            to="/systems"
            search={name === 'systems' ? {} : { tab: name }}
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
