import { useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import { useMay } from '../../api/session.ts'
import { Page, PageHead } from '../../components/page.tsx'
import { Tab, Tabs } from '../../components/tabs.tsx'
import { organisationTabs } from '../../search.ts'
import { ContactsTab } from './contacts-tab.tsx'
import { ExpertsTab } from './experts-tab.tsx'
import { GroupsTab } from './groups-tab.tsx'
import { ImportTab } from './import-tab.tsx'
import { NewOrganisationButton } from './new-organisation-button.tsx'
import { OrganisationsTab } from './organisations-tab.tsx'
import { RequestsTab } from './requests-tab.tsx'
import { TreeTab } from './tree-tab.tsx'

const route = getRouteApi('/shell/organisations')
const bodies = {
  list: OrganisationsTab,
  tree: TreeTab,
  contacts: ContactsTab,
  experts: ExpertsTab,
  requests: RequestsTab,
  groups: GroupsTab,
  import: ImportTab,
}

/** Who belongs to the network, who is under whom, and whom to reach. */
export function OrganisationsPage() {
  const { t } = useLingui()
  const may = useMay()
  const { tab = 'list' } = route.useSearch()
  const Body = bodies[tab]
  const names = {
    list: t`Danh sách`,
    tree: t`Cây tổ chức`,
    contacts: t`Đầu mối liên hệ`,
    experts: t`Chuyên gia`,
    requests: t`Đề nghị`,
    groups: t`Nhóm chia sẻ`,
    import: t`Nhập, xuất`,
  }
  const tabs = organisationTabs.filter((name) => name !== 'experts' || may('expert.read'))
  return (
    <Page title={names[tab]}>
      <PageHead
        title={t({ message: 'Tổ chức', context: 'many' })}
        acts={<NewOrganisationButton />}
      />
      <Tabs label={t`Phần của trang`}>
        {tabs.map((name) => (
          <Tab
            key={name}
            to="/organisations"
            search={name === 'list' ? {} : { tab: name }}
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
